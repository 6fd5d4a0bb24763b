package ai.binealnet.deploy.parity;

import ai.binealnet.core.graph.Affine;
import ai.binealnet.core.graph.AveragePool;
import ai.binealnet.core.graph.Binarize;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.DepthToSpace;
import ai.binealnet.core.graph.GlobalAveragePool;
import ai.binealnet.core.graph.MaxPool;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.Normalize;
import ai.binealnet.core.graph.PRelu;
import ai.binealnet.core.graph.Quantize;
import ai.binealnet.core.graph.Upsample;
import ai.binealnet.deploy.lower.ScalarOps;
import ai.binealnet.deploy.parity.Activation.Pixels;
import ai.binealnet.deploy.parity.Activation.Real;
import java.util.Arrays;

/** The real-valued nodes except products with weights, as plain loops over float32. */
final class RealOps {
  private RealOps() {}

  /** A function of one number that knows its channel. */
  private interface PerChannel {
    float apply(float x, int channel);
  }

  /** Computes an element-wise node, a pooling or an enlarging of {@code x}. */
  static Real apply(Node node, Real x) {
    switch (node.op()) {
      case AFFINE:
        Affine affine = (Affine) node;
        return map(x, (v, c) -> ScalarOps.affine(v, affine.scale()[c], affine.shift()[c]));
      case BINARIZE:
        return map(x, (v, c) -> ScalarOps.binarize(v, (Binarize) node, c));
      case PRELU:
        return map(x, (v, c) -> ScalarOps.prelu(v, ((PRelu) node).slope()[c]));
      case QUANTIZE:
        return map(x, (v, c) -> ScalarOps.quantize(v, (Quantize) node));
      case AVERAGE_POOL:
        return averagePool(x, ((AveragePool) node).size());
      case MAX_POOL:
        return maxPool(x, ((MaxPool) node).geometry());
      case UPSAMPLE:
        return Resampling.upsample((Upsample) node, x);
      case DEPTH_TO_SPACE:
        return Resampling.depthToSpace((DepthToSpace) node, x);
      case GLOBAL_AVERAGE_POOL:
        return globalAveragePool(x, ((GlobalAveragePool) node).factor());
      default:
        throw new IllegalArgumentException(
            node.name() + " is no element-wise node or pooling: " + node.op());
    }
  }

  static Real normalize(Normalize node, Pixels x) {
    float[] y = new float[x.values().length];
    for (int i = 0; i < y.length; i++) {
      int c = i % x.channels();
      y[i] = ScalarOps.normalize(x.values()[i] & 0xff, node, c);
    }
    return new Real(x.batch(), x.height(), x.width(), x.channels(), y);
  }

  static Real add(Real a, Real b) {
    float[] y = a.values().clone();
    for (int i = 0; i < y.length; i++) {
      y[i] += b.values()[i];
    }
    return new Real(a.batch(), a.height(), a.width(), a.channels(), y);
  }

  private static Real map(Real x, PerChannel function) {
    float[] y = new float[x.values().length];
    for (int i = 0; i < y.length; i++) {
      y[i] = function.apply(x.values()[i], i % x.channels());
    }
    return new Real(x.batch(), x.height(), x.width(), x.channels(), y);
  }

  private static Real averagePool(Real x, int size) {
    Windows windows = new Windows(new ConvGeometry(size, size, size, 0, 1), x);
    Real y = empty(x, windows);
    int channels = x.channels();
    for (int pixel = 0; pixel < y.pixels(); pixel++) {
      int out = pixel * channels;
      double[] sums = new double[channels];
      windows.taps(pixel, (tap, in) -> accumulate(sums, x, in));
      for (int c = 0; c < channels; c++) {
        y.values()[out + c] = (float) (sums[c] / (size * size));
      }
    }
    return y;
  }

  private static Real maxPool(Real x, ConvGeometry geometry) {
    Windows windows = new Windows(geometry, x);
    Real y = empty(x, windows);
    Arrays.fill(y.values(), Float.NEGATIVE_INFINITY);
    for (int pixel = 0; pixel < y.pixels(); pixel++) {
      int out = pixel * x.channels();
      windows.taps(
          pixel,
          (tap, in) -> {
            for (int c = 0; c < x.channels() && in >= 0; c++) {
              y.values()[out + c] =
                  Math.max(y.values()[out + c], x.values()[in * x.channels() + c]);
            }
          });
    }
    return y;
  }

  private static Real globalAveragePool(Real x, float factor) {
    float[] y = new float[x.batch() * x.channels()];
    int pixels = x.height() * x.width();
    for (int n = 0; n < x.batch(); n++) {
      double[] sums = new double[x.channels()];
      for (int i = 0; i < pixels; i++) {
        accumulate(sums, x, n * pixels + i);
      }
      for (int c = 0; c < sums.length; c++) {
        y[n * sums.length + c] = (float) sums[c] * factor;
      }
    }
    return new Real(x.batch(), 1, 1, x.channels(), y);
  }

  private static void accumulate(double[] sums, Real x, int pixel) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] += x.values()[pixel * sums.length + c];
    }
  }

  private static Real empty(Real x, Windows windows) {
    float[] values =
        new float[x.batch() * windows.outputHeight() * windows.outputWidth() * x.channels()];
    return new Real(x.batch(), windows.outputHeight(), windows.outputWidth(), x.channels(), values);
  }
}
