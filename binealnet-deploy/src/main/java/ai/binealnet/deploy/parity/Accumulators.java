package ai.binealnet.deploy.parity;

import ai.binealnet.core.binary.BitPacking;
import ai.binealnet.core.graph.ByteConv2d;
import ai.binealnet.core.graph.PackedConv2d;
import ai.binealnet.deploy.parity.Activation.Bits;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The integers of a lowered convolution.
 *
 * @param batch images
 * @param height rows
 * @param width columns
 * @param channels O, the true number
 * @param sums int32 [N,H',W',O32]
 */
record Accumulators(int batch, int height, int width, int channels, int[] sums) {
  /** Channels with padding. */
  int padded() {
    return BitPacking.paddedChannels(channels);
  }

  /** {@code taps * C - 2 * popcount(x xor w)}; the padding of the image is zero bits. */
  static Accumulators of(PackedConv2d conv, Bits x) {
    Windows windows = new Windows(conv.geometry(), x);
    int words = BitPacking.paddedChannels(conv.inputChannels()) / Integer.SIZE;
    int length = conv.geometry().taps() * words;
    int[] bits = words(x.packed());
    int[] weights = words(conv.weights());
    int all = conv.geometry().taps() * conv.inputChannels();
    Accumulators y = empty(x, windows, conv.outputChannels());
    int[] patch = new int[length];
    for (int pixel = 0; pixel < y.sums.length / y.padded(); pixel++) {
      Arrays.fill(patch, 0);
      windows.taps(
          pixel,
          (tap, in) -> {
            if (in >= 0) {
              System.arraycopy(bits, in * words, patch, tap * words, words);
            }
          });
      for (int o = 0; o < y.padded(); o++) {
        y.sums[pixel * y.padded() + o] = all - 2 * differences(patch, weights, o * length);
      }
    }
    return y;
  }

  /** {@code sum (x - zeroPoint) * w}; the padding of the image is the zero point. */
  static Accumulators of(ByteConv2d conv, Activation x) {
    Windows windows = new Windows(conv.geometry(), x);
    int channels = conv.inputChannels();
    int length = conv.geometry().taps() * channels;
    Accumulators y = empty(x, windows, conv.outputChannels());
    int[] patch = new int[length];
    for (int pixel = 0; pixel < y.sums.length / y.padded(); pixel++) {
      Arrays.fill(patch, 0);
      windows.taps(
          pixel,
          (tap, in) -> {
            for (int c = 0; c < channels && in >= 0; c++) {
              patch[tap * channels + c] = integer(x, in, c) - conv.zeroPoint();
            }
          });
      for (int o = 0; o < conv.outputChannels(); o++) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
          sum += patch[i] * conv.weights()[o * length + i];
        }
        y.sums[pixel * y.padded() + o] = sum;
      }
    }
    return y;
  }

  private static int integer(Activation x, int pixel, int channel) {
    if (x instanceof Activation.Pixels pixels) {
      return pixels.values()[pixel * x.channels() + channel] & 0xff;
    }
    int padded = BitPacking.paddedChannels(x.channels());
    return ((Activation.Int8) x).values()[pixel * padded + channel];
  }

  private static int differences(int[] patch, int[] weights, int offset) {
    int count = 0;
    for (int i = 0; i < patch.length; i++) {
      count += Integer.bitCount(patch[i] ^ weights[offset + i]);
    }
    return count;
  }

  private static Accumulators empty(Activation x, Windows windows, int channels) {
    int pixels = x.batch() * windows.outputHeight() * windows.outputWidth();
    int[] sums = new int[pixels * BitPacking.paddedChannels(channels)];
    return new Accumulators(
        x.batch(), windows.outputHeight(), windows.outputWidth(), channels, sums);
  }

  /** Bytes as 32-bit words; the order of the bits within a word does not matter to a count. */
  private static int[] words(byte[] bytes) {
    int[] words = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).asIntBuffer().get(words);
    return words;
  }
}
