package ai.binealnet.core.instrument;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.binary.EffectiveThreshold;
import ai.binealnet.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Watches one binary activation: its thresholds, and which channels it never changes. */
final class BinarizerWatch {
  /** Pictures that are looked at in a validation. */
  static final int PICTURES = 256;

  private static final int ROWS_OF_A_BLOCK = 256;
  private static final String B0 = ".b0";
  private static final String TAU = ".tau";
  private static final String B1 = ".b1";

  private final String name;
  private final Parameter b0;
  private final Parameter tau;
  private final Parameter b1;
  private final float[] smallest;
  private final float[] largest;
  private int pictures;

  BinarizerWatch(String name, Parameter b0, Parameter tau, Parameter b1) {
    this.name = name;
    this.b0 = b0;
    this.tau = tau;
    this.b1 = b1;
    smallest = new float[b0.value().size()];
    largest = new float[smallest.length];
    reset();
  }

  /** One for each triple of parameters {@code NAME.b0}, {@code NAME.tau}, {@code NAME.b1}. */
  static List<BinarizerWatch> of(List<Parameter> parameters) {
    Map<String, Parameter> byName =
        parameters.stream()
            .distinct()
            .filter(p -> p.role() == Parameter.Role.THRESHOLD)
            .collect(Collectors.toMap(Parameter::name, Function.identity()));
    return parameters.stream()
        .map(Parameter::name)
        .distinct()
        .filter(name -> name.endsWith(B0))
        .map(name -> name.substring(0, name.length() - B0.length()))
        .filter(name -> byName.containsKey(name + TAU) && byName.containsKey(name + B1))
        .map(
            name ->
                new BinarizerWatch(
                    name, byName.get(name + B0), byName.get(name + TAU), byName.get(name + B1)))
        .toList();
  }

  /** The name under which a tape shows the binarizer's output. */
  String name() {
    return name;
  }

  int channels() {
    return smallest.length;
  }

  /** Effective thresholds of the channels; see {@link EffectiveThreshold}. */
  float[] thresholds() {
    float[] theta = new float[channels()];
    for (int c = 0; c < theta.length; c++) {
      theta[c] = EffectiveThreshold.of(b0.value().get(c), tau.value().get(c), b1.value().get(c));
    }
    return theta;
  }

  /** Takes in a batch of outputs, +1 and -1, [N,H,W,C], until enough pictures were seen. */
  void look(Tensor output) {
    if (pictures >= PICTURES) {
      return;
    }
    pictures += output.shape().dim(0);
    int channels = channels();
    float[] block = new float[ROWS_OF_A_BLOCK * channels];
    for (int from = 0; from < output.size(); from += block.length) {
      int length = Math.min(block.length, output.size() - from);
      output.read(from, block, length);
      for (int row = 0; row < length; row += channels) {
        for (int c = 0; c < channels; c++) {
          smallest[c] = Math.min(smallest[c], block[row + c]);
          largest[c] = Math.max(largest[c], block[row + c]);
        }
      }
    }
  }

  /** Channels that were +1 at every place of every picture seen. */
  int alwaysPlus() {
    return count(1);
  }

  /** Channels that were -1 at every place of every picture seen. */
  int alwaysMinus() {
    return count(-1);
  }

  private int count(float value) {
    int count = 0;
    for (int c = 0; c < channels(); c++) {
      count += smallest[c] == value && largest[c] == value ? 1 : 0;
    }
    return count;
  }

  void reset() {
    Arrays.fill(smallest, Float.POSITIVE_INFINITY);
    Arrays.fill(largest, Float.NEGATIVE_INFINITY);
    pictures = 0;
  }
}
