package ai.binealnet.cli;

import ai.binealnet.classify.TrainedClassifier;
import ai.binealnet.classify.data.ClassificationData;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.data.LabeledImage;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.deploy.quantize.Calibration;
import ai.binealnet.deploy.quantize.CalibrationMethod;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** On which pictures, and how, an 8-bit export finds its scales. */
final class CalibrationOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "int8 only: folder with the data (default: the run's).")
  private Path data;

  @Option(
      names = "--calibration-images",
      defaultValue = "512",
      converter = Count.class,
      description = "int8 only: training pictures to calibrate on (default: ${DEFAULT-VALUE}).")
  private int images;

  @Option(
      names = "--calibration",
      converter = Method.class,
      description = "int8 only: min-max, percentile or entropy (default: entropy).")
  private CalibrationMethod method = CalibrationMethod.DEFAULT;

  /** A number of pictures. */
  static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      if (!value.matches("[1-9][0-9]{0,8}")) {
        throw new TypeConversionException("expected at least 1, got " + value);
      }
      return Integer.valueOf(value);
    }
  }

  /** A method by its name. */
  static final class Method implements ITypeConverter<CalibrationMethod> {
    @Override
    public CalibrationMethod convert(String value) {
      return Arrays.stream(CalibrationMethod.values())
          .filter(method -> method.label().equals(value))
          .findFirst()
          .orElseThrow(
              () -> new TypeConversionException("expected " + labels() + ", got " + value));
    }

    private static String labels() {
      return Arrays.stream(CalibrationMethod.values())
          .map(CalibrationMethod::label)
          .collect(Collectors.joining(" or "));
    }
  }

  /**
   * Refuses binary networks: their 8-bit form would be no baseline, but a detour.
   *
   * @throws UserError if the run's blocks are binary
   */
  static void requireFullPrecision(TrainedClassifier trained) {
    if (trained.config().backbone().block() != BlockKind.BASIC) {
      throw new UserError(
          "the 8-bit form is that of a full-precision network, and "
              + trained.run().root()
              + " is none",
          "a run with backbone.block=BASIC",
          trained.info().network(),
          "train the full-precision twin (binealnet train classify backbone.block=BASIC ...)"
              + " and export that");
    }
  }

  /**
   * Reads the pictures: training pictures without those held out, chosen by the run's seed.
   *
   * @param say where to tell people that the data is not what the network was trained on
   * @throws UserError if the data is missing or damaged
   */
  Calibration read(TrainedClassifier trained, Consumer<String> say) {
    Path folder = data == null ? Path.of(trained.info().data()) : data;
    ClassificationData samples = ClassificationData.open(folder);
    if (!samples.dataHash().equals(trained.info().dataHash())) {
      say.accept("note: " + folder + " is not the data that the network was trained on");
    }
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
