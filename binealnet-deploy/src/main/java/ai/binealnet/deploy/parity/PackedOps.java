package ai.binealnet.deploy.parity;

import ai.binealnet.core.binary.BitPacking;
import ai.binealnet.core.graph.BinaryMaxPool;
import ai.binealnet.core.graph.PackBits;
import ai.binealnet.core.graph.PackedGlobalPool;
import ai.binealnet.core.graph.StreamBinarize;
import ai.binealnet.core.graph.StreamDequantize;
import ai.binealnet.core.graph.StreamPool;
import ai.binealnet.deploy.lower.ScalarOps;
import ai.binealnet.deploy.parity.Activation.Bits;
import ai.binealnet.deploy.parity.Activation.Int8;
import ai.binealnet.deploy.parity.Activation.Pixels;
import ai.binealnet.deploy.parity.Activation.Real;
import java.util.Arrays;

/** The lowered nodes that are no convolutions, as plain loops. */
final class PackedOps {
  private PackedOps() {}

  static Bits packBits(PackBits node, Activation x) {
    int channels = x.channels();
    int padded = BitPacking.paddedChannels(channels);
    byte[] packed =
        Epilogues.pack(
            x.pixels() * padded,
            padded,
            (i, c) -> c < channels && number(x, i / padded * channels + c) < node.thresholds()[c]);
    return new Bits(x.batch(), x.height(), x.width(), channels, packed);
  }

  private static float number(Activation x, int i) {
    return x instanceof Pixels pixels ? pixels.values()[i] & 0xff : ((Real) x).values()[i];
  }

  static Real unpackBits(Bits x) {
    return new Real(
        x.batch(),
        x.height(),
        x.width(),
        x.channels(),
        BitPacking.unpack(x.packed(), x.channels()));
  }

  /** A maximum is -1 only where all taps are -1: the AND of their bits. */
  static Bits maxPool(BinaryMaxPool node, Bits x) {
    Windows windows = new Windows(node.geometry(), x);
    int bytes = BitPacking.bytesPerPixel(x.channels());
    int pixels = x.batch() * windows.outputHeight() * windows.outputWidth();
    byte[] y = new byte[pixels * bytes];
    Arrays.fill(y, (byte) 0xff);
    for (int pixel = 0; pixel < pixels; pixel++) {
      int out = pixel * bytes;
      windows.taps(
          pixel,
          (tap, in) -> {
            for (int b = 0; b < bytes && in >= 0; b++) {
              y[out + b] &= x.packed()[in * bytes + b];
            }
          });
    }
    return new Bits(x.batch(), windows.outputHeight(), windows.outputWidth(), x.channels(), y);
  }

  static Int8 pool(StreamPool node, Int8 x) {
    Windows windows = new Windows(node.geometry(), x);
    int padded = BitPacking.paddedChannels(x.channels());
    int pixels = x.batch() * windows.outputHeight() * windows.outputWidth();
    byte[] y = new byte[pixels * padded];
    int[] best = new int[padded];
    for (int pixel = 0; pixel < pixels; pixel++) {
      Arrays.fill(best, node.average() ? 0 : Byte.MIN_VALUE);
      windows.taps(
          pixel,
          (tap, in) -> {
            for (int c = 0; c < padded && in >= 0; c++) {
              int q = x.values()[in * padded + c];
              best[c] = node.average() ? best[c] + q : Math.max(best[c], q);
            }
          });
      for (int c = 0; c < padded; c++) {
        float value = node.average() ? (float) best[c] / node.geometry().taps() : best[c];
        y[pixel * padded + c] = (byte) ScalarOps.level(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
      }
    }
    return new Int8(x.batch(), windows.outputHeight(), windows.outputWidth(), x.channels(), y);
  }

  static Int8 globalPool(PackedGlobalPool node, Activation x) {
    int channels = node.channels();
    int padded = BitPacking.paddedChannels(channels);
    int pixels = x.height() * x.width();
    byte[] y = new byte[x.batch() * padded];
    for (int n = 0; n < x.batch(); n++) {
      for (int c = 0; c < channels; c++) {
        int sum = 0;
        for (int i = n * pixels; i < (n + 1) * pixels; i++) {
          sum += node.bits() ? sign((Bits) x, i, c) : ((Int8) x).values()[i * padded + c];
        }
        y[n * padded + c] =
            (byte) ScalarOps.level(sum * node.factor(), Byte.MIN_VALUE, Byte.MAX_VALUE);
      }
    }
    return new Int8(x.batch(), 1, 1, channels, y);
  }

  private static int sign(Bits x, int pixel, int channel) {
    int at = pixel * BitPacking.bytesPerPixel(x.channels()) + channel / Byte.SIZE;
    return 1 - 2 * (x.packed()[at] >> channel % Byte.SIZE & 1);
  }

  static Bits binarize(StreamBinarize node, Int8 x) {
    int padded = BitPacking.paddedChannels(x.channels());
    byte[] packed =
        Epilogues.pack(x.values().length, padded, (i, c) -> x.values()[i] < node.thresholds()[c]);
    return new Bits(x.batch(), x.height(), x.width(), x.channels(), packed);
  }

  static Real dequantize(StreamDequantize node, Int8 x) {
    int channels = x.channels();
    int padded = BitPacking.paddedChannels(channels);
    float[] y = new float[x.pixels() * channels];
    for (int i = 0; i < y.length; i++) {
      y[i] = x.values()[i / channels * padded + i % channels] * node.scale();
    }
    return new Real(x.batch(), x.height(), x.width(), channels, y);
  }
}
