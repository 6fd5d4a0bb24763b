package ai.binealnet.deploy.lower;

import ai.binealnet.core.graph.Epilogue;
import ai.binealnet.core.graph.Quantize;
import java.util.Arrays;

/**
 * A convolution that ends in a quantizer: {@code quantize(prelu(branch + residual))}.
 *
 * @param branch convolution and normalisation
 * @param residual the int8 stream that is added, or null
 * @param residualScale its scale; 0 without residual
 * @param slope PReLU slopes, or null
 * @param quantize the quantizer
 */
record QuantizedConv(
    Branch branch, String residual, float residualScale, float[] slope, Quantize quantize) {
  private static final int INT8_MIN = -128;
  private static final int INT8_MAX = 127;

  /** Whether the quantizer uses all of int8. */
  static boolean isStream(Quantize quantize) {
    return quantize.min() == INT8_MIN && quantize.max() == INT8_MAX;
  }

  /** Whether nothing stands between normalisation and quantizer. */
  boolean isPlain() {
    return residual == null && slope == null;
  }

  /** The epilogue of a plain one. */
  Epilogue.QuantizeTo quantizeTo() {
    float step = quantize.scale();
    return new Epilogue.QuantizeTo(
        branch.paddedScale(step), branch.paddedShift(step), quantize.min(), quantize.max());
  }

  /** The epilogue of one that writes a stream, with the thresholds of its bits or null. */
  Epilogue.Stream stream(int[] thresholds) {
    float step = quantize.scale();
    float[] padded = null;
    if (slope != null) {
      padded = Arrays.copyOf(slope, branch.conv().paddedOutputs());
    }
    return new Epilogue.Stream(
        branch.paddedScale(step),
        branch.paddedShift(step),
        residual == null ? 0 : residualScale / step,
        padded,
        thresholds);
  }
}
