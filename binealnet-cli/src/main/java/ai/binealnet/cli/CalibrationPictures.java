package ai.binealnet.cli;

import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.deploy.quantize.Calibration;
import ai.binealnet.deploy.quantize.CalibrationMethod;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * On how many training pictures, and how, an 8-bit export finds its scales.
 *
 * @param images at most so many
 * @param method how
 */
record CalibrationPictures(int images, CalibrationMethod method) {
  /**
   * Reads the pictures, chosen by the run's seed.
   *
   * @param training all that the network may learn from, of its input's size
   * @throws ai.binealnet.core.graph.UserError if one cannot be read
   */
  Calibration read(Dataset<Image> training, TrainedNetwork<?, ?> trained) {
    int count = Math.min(images, training.size());
    List<Image> chosen =
        choose(training.size(), count, trained.info().seed()).mapToObj(training::get).toList();
    return new Calibration(trained.config().input().pixels(chosen), count, method);
  }

  /** {@code count} different numbers below {@code size}, ascending. */
  private static IntStream choose(int size, int count, long seed) {
    return new Random(seed).ints(0, size).distinct().limit(count).sorted();
  }
}
