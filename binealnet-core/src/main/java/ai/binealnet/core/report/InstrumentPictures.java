package ai.binealnet.core.report;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.instrument.Instruments;
import ai.binealnet.core.instrument.LayerLog;
import ai.binealnet.core.instrument.LayerRow;
import ai.binealnet.core.instrument.Measure;
import ai.binealnet.core.train.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the instruments of a training saw, as pictures in its run folder. */
public final class InstrumentPictures {
  /** Share of the thresholds that lie within the pictures' range. */
  private static final double SHOWN = 0.98;

  /** Thresholds apply to normalised values: beyond this, nearly all of them have one sign. */
  private static final float WIDEST = 4;

  private static final float NARROWEST = 1e-3f;

  private InstrumentPictures() {}

  /**
   * Draws {@code flips.png}, {@code gradients.png} and {@code thresholds.png}; a network without
   * binary weights or activations has only some of them.
   *
   * @param parameters of the trained network
   */
  public static void write(RunFolder run, List<Parameter> parameters) {
    try {
      Files.createDirectories(run.pictures());
    } catch (IOException e) {
      throw new UserError(
          "cannot write into " + run.pictures(),
          "a writable folder",
          e.toString(),
          "check the run folder",
          e);
    }
    if (Files.exists(run.layers())) {
      List<LayerRow> rows = LayerLog.read(run.layers());
      LayerCurves.write(
          "share of binary weights that flipped in an epoch",
          rows,
          Measure.FLIP_RATIO,
          run.pictures().resolve("flips.png"));
      LayerCurves.write(
          "gradient norm of the weights",
          rows.stream().filter(row -> row.kind().endsWith("weight")).toList(),
          Measure.GRADIENT_NORM,
          run.pictures().resolve("gradients.png"));
    }
    Map<String, float[]> thresholds = Instruments.thresholds(parameters);
    if (!thresholds.isEmpty()) {
      HistogramPicture.write(
          "effective thresholds of the binary activations (channels)",
          thresholds,
          range(thresholds.values()),
          run.pictures().resolve("thresholds.png"));
    }
  }

  /** Large enough for most of the thresholds. */
  private static float range(Collection<float[]> thresholds) {
    double[] distances =
        thresholds.stream()
            .flatMapToDouble(theta -> IntStream.range(0, theta.length).mapToDouble(i -> theta[i]))
            .filter(Double::isFinite)
            .map(Math::abs)
            .sorted()
            .toArray();
    double most =
        distances.length == 0 ? WIDEST : distances[(int) (SHOWN * (distances.length - 1))];
    return (float) Math.max(NARROWEST, Math.min(WIDEST, most));
  }
}
