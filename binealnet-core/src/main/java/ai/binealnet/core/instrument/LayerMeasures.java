package ai.binealnet.core.instrument;

import ai.binealnet.core.autograd.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the watches saw in one epoch, sorted by layer and kind of parameter, and summed up. */
final class LayerMeasures {
  private static final int BINS = 30;

  private record Key(String layer, String kind) {}

  private final int epoch;
  private final Map<Key, Map<String, Double>> rows = new LinkedHashMap<>();
  private final Map<String, Histogram> histograms = new LinkedHashMap<>();
  private long binaryWeights;
  private long flipped;
  private long neverFlipped;
  private long dead;
  private long channels;
  private long constant;
  private double squaresOfBinary;
  private double squaresOfOthers;

  /** Nothing yet. */
  LayerMeasures(int epoch) {
    this.epoch = epoch;
  }

  /** Adds a parameter and starts its next epoch. */
  void add(ParameterWatch watch) {
    Parameter parameter = watch.parameter();
    double squares = watch.meanSquaredNorm();
    int size = parameter.value().size();
    int dot = parameter.name().lastIndexOf('.');
    String layer = dot < 0 ? parameter.name() : parameter.name().substring(0, dot);
    Map<String, Double> row = row(layer, parameter.role());
    row.merge(Measure.SIZE, (double) size, Double::sum);
    row.merge(Measure.GRADIENT_NORM, Math.sqrt(squares), Math::hypot);
    if (!watch.isBinary()) {
      squaresOfOthers += squares;
      watch.reset();
      return;
    }
    squaresOfBinary += squares;
    ParameterWatch.Signs signs = watch.endEpoch();
    binaryWeights += size;
    flipped += signs.flipped();
    neverFlipped += signs.neverFlipped();
    dead += signs.dead();
    row.put(Measure.FLIP_RATIO, (double) signs.flipped() / size);
    row.put(Measure.NEVER_FLIPPED, (double) signs.neverFlipped() / size);
    row.put(Measure.DEAD, (double) signs.dead() / size);
  }

  /** Adds a binarizer and starts its next epoch. */
  void add(BinarizerWatch binarizer) {
    Map<String, Double> row = row(binarizer.name(), Parameter.Role.THRESHOLD);
    row.put(Measure.SIZE, (double) binarizer.channels());
    row.put(Measure.ALWAYS_PLUS, (double) binarizer.alwaysPlus());
    row.put(Measure.ALWAYS_MINUS, (double) binarizer.alwaysMinus());
    channels += binarizer.channels();
    constant += binarizer.alwaysPlus() + binarizer.alwaysMinus();
    binarizer.reset();

    float[] all = binarizer.thresholds();
    double[] theta = new double[all.length];
    int finite = 0;
    for (float value : all) {
      if (Float.isFinite(value)) {
        theta[finite++] = value;
      }
    }
    row.put(Measure.NO_THRESHOLD, (double) (all.length - finite));
    if (finite > 0) {
      double[] sorted = Arrays.copyOf(theta, finite);
      Arrays.sort(sorted);
      row.put(Measure.THETA_MIN, sorted[0]);
      row.put(Measure.THETA_P25, quantile(sorted, 0.25));
      row.put(Measure.THETA_MEDIAN, quantile(sorted, 0.5));
      row.put(Measure.THETA_P75, quantile(sorted, 0.75));
      row.put(Measure.THETA_MAX, sorted[finite - 1]);
      histograms.put("threshold/" + binarizer.name(), Histogram.of(sorted, BINS));
    }
  }

  private Map<String, Double> row(String layer, Parameter.Role role) {
    Key key = new Key(layer, role.name().toLowerCase(Locale.ROOT));
    return rows.computeIfAbsent(key, k -> new LinkedHashMap<>());
  }

  /** Linear between the neighbours. */
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** Rows of {@code layers.csv}. */
  List<LayerRow> rows() {
    List<LayerRow> result = new ArrayList<>();
    rows.forEach((key, row) -> result.add(new LayerRow(epoch, key.layer, key.kind, row)));
    return result;
  }

  /** Columns of the run log, the same for every network. */
  Map<String, Double> summary() {
    Map<String, Double> summary = new LinkedHashMap<>();
    summary.put("flip_ratio", share(flipped, binaryWeights));
    summary.put("never_flipped", share(neverFlipped, binaryWeights));
    summary.put("dead_weights", share(dead, binaryWeights));
    summary.put("constant_channels", share(constant, channels));
    summary.put("grad_binary", Math.sqrt(squaresOfBinary));
    summary.put("grad_real", Math.sqrt(squaresOfOthers));
    return summary;
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /** TensorBoard's curves: the run log's columns, then those of single layers. */
  Map<String, Double> scalars(Map<String, Double> columns) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    columns.forEach((name, value) -> scalars.put("run/" + name, value));
    rows.forEach(
        (key, row) -> {
          scalars.put(
              Measure.GRADIENT_NORM + "/" + key.layer + "." + key.kind,
              row.get(Measure.GRADIENT_NORM));
          for (String measure :
              List.of(
                  Measure.FLIP_RATIO, Measure.DEAD, Measure.ALWAYS_PLUS, Measure.ALWAYS_MINUS)) {
            if (row.containsKey(measure)) {
              scalars.put(measure + "/" + key.layer, row.get(measure));
            }
          }
        });
    return scalars;
  }

  /** TensorBoard's histograms: effective thresholds of every binarizer that has any. */
  Map<String, Histogram> histograms() {
    return histograms;
  }
}
