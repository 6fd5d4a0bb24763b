package ai.binealnet.deploy.quantize;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.UserError;

/**
 * The images on which the ranges of activations are found, and how they are chosen from what is
 * seen. Take them from the training part of the data; some hundred are enough.
 *
 * @param images uint8 [count,H,W,C], in the network's colour order
 * @param count how many there are
 * @param method how a range is chosen
 */
public record Calibration(byte[] images, int count, CalibrationMethod method) {

  /** Some images and the default method. */
  public Calibration(byte[] images, int count) {
    this(images, count, CalibrationMethod.DEFAULT);
  }

  /**
   * Checks that the images are what a network reads.
   *
   * @throws UserError if there are none, or they have another size
   */
  void requireFits(ModelGraph graph) {
    if (count < 1 || images.length == 0) {
      throw new UserError(
          "cannot quantize " + graph.name() + " to 8 bits",
          "at least one calibration image",
          count + " images of " + images.length + " bytes in all",
          "give some hundred images of the training data");
    }
    long each = (long) graph.height() * graph.width() * graph.channels();
    if (images.length != count * each) {
      throw new UserError(
          "the calibration images do not fit " + graph.name(),
          "%d images of %d x %d x %d = %d bytes"
              .formatted(count, graph.height(), graph.width(), graph.channels(), count * each),
          images.length + " bytes",
          "bring the images to the network's size first");
    }
  }
}
