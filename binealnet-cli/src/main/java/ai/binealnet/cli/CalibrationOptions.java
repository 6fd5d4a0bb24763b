package ai.binealnet.cli;

import ai.binealnet.cli.VisionTask.Pictures;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.TaskConfig;
import ai.binealnet.core.task.TaskData;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.deploy.quantize.Calibration;
import ai.binealnet.deploy.quantize.CalibrationMethod;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** On which pictures, and how, an 8-bit export finds its scales. */
final class CalibrationOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "int8 and reports: folder with the data (default: that of the first run).")
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
      description = "int8 only: min-max, percentile or entropy (default: min-max).")
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
  static void requireFullPrecision(TrainedNetwork<?, ?> trained) {
    if (trained.config().hasBinaryLayers()) {
      throw new UserError(
          "the 8-bit form is that of a full-precision network, and "
              + trained.run().root()
              + " is none",
          "a run with backbone.block=BASIC",
          trained.info().network(),
          "train the full-precision twin (binealnet train "
              + trained.info().task()
              + " backbone.block=BASIC ...) and export that");
    }
  }

  /** The folder that was given, or null. */
  Path data() {
    return data;
  }

  /** How many pictures, and how. */
  CalibrationPictures pictures() {
    return new CalibrationPictures(images, method);
  }

  /**
   * Reads the pictures.
   *
   * @param say where to tell people that the data is not what the network was trained on
   * @throws UserError if the data is missing or damaged
   */
  <C extends TaskConfig, D extends TaskData> Calibration read(
      VisionTask<C, D> task, TrainedNetwork<C, ?> trained, Consumer<String> say) {
    Path folder = data == null ? Path.of(trained.info().data()) : data;
    D samples = task.open(folder, trained.info().dataHash(), say);
    return pictures().read(task.pictures(trained.config(), samples, Pictures.TRAINING), trained);
  }
}
