package ai.binealnet.deploy.lower;

import ai.binealnet.core.graph.Binarize;
import ai.binealnet.core.graph.Normalize;
import ai.binealnet.core.graph.Quantize;

/**
 * The element-wise float32 functions of the export graph, one number at a time. Every
 * multiplication, addition and rounding is a separate operation, in the order written in the node
 * records.
 */
public final class ScalarOps {
  private ScalarOps() {}

  /** {@code fl(fl(pixel - mean) / std)} of channel {@code c}. */
  public static float normalize(int pixel, Normalize node, int c) {
    float centred = pixel - node.mean()[c];
    return centred / node.std()[c];
  }

  /** {@code fl(fl(x * scale) + shift)}. */
  public static float affine(float x, float scale, float shift) {
    float product = x * scale;
    return product + shift;
  }

  /** {@code x >= 0 ? x : x * slope}. */
  public static float prelu(float x, float slope) {
    return x >= 0 ? x : x * slope;
  }

  /** The BiNeal activation of channel {@code c}: +1 or -1, and +1 for NaN. */
  public static float binarize(float x, Binarize node, int c) {
    float v = prelu(x + node.b0()[c], node.tau()[c]);
    return v + node.b1()[c] < 0 ? -1f : 1f;
  }

  /** {@code clip(rint(x / scale), min, max) * scale}, round half to even; NaN becomes 0. */
  public static float quantize(float x, Quantize node) {
    return level(x / node.scale(), node.min(), node.max()) * node.scale();
  }

  /** {@code clip(rint(x), min, max)}, round half to even; NaN becomes 0. */
  public static int level(float x, int min, int max) {
    int rounded = (int) Math.rint(x);
    return Math.max(min, Math.min(max, rounded));
  }
}
