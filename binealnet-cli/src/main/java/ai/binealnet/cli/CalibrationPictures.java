package ai.binealnet.cli;

import ai.binealnet.classify.data.ClassificationData;
import ai.binealnet.classify.model.Classifier;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.data.LabeledImage;
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
  /** {@link #DEFAULT}'s number of pictures, as option's default. */
  static final String DEFAULT_IMAGES = "512";

  /** What exports do if not told otherwise. */
  static final CalibrationPictures DEFAULT =
      new CalibrationPictures(Integer.parseInt(DEFAULT_IMAGES), CalibrationMethod.DEFAULT);

  /**
   * Reads the pictures: training pictures without those held out, chosen by the run's seed.
   *
   * @throws ai.binealnet.core.graph.UserError if one cannot be read
   */
  Calibration read(TrainedNetwork<ClassifyConfig, Classifier> trained, ClassificationData samples) {
    ImageSpec input = trained.config().input();
    Dataset<LabeledImage> train = samples.fitTo(input).train();
    int count = Math.min(images, train.size());
    List<Image> chosen =
        choose(train.size(), count, trained.info().seed())
            .mapToObj(index -> train.get(index).image())
            .toList();
    return new Calibration(Pixels.of(input, chosen), count, method);
  }

  /** {@code count} different numbers below {@code size}, ascending. */
  private static IntStream choose(int size, int count, long seed) {
    return new Random(seed).ints(0, size).distinct().limit(count).sorted();
  }
}
