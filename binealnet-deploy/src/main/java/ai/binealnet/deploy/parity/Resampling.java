package ai.binealnet.deploy.parity;

import ai.binealnet.core.binary.BitPacking;
import ai.binealnet.core.graph.DepthToSpace;
import ai.binealnet.core.graph.PackedUpsample;
import ai.binealnet.core.graph.Upsample;
import ai.binealnet.deploy.parity.Activation.Bits;
import ai.binealnet.deploy.parity.Activation.Int8;
import ai.binealnet.deploy.parity.Activation.Real;

/** Enlarging of images, as plain loops. */
final class Resampling {
  private Resampling() {}

  static Activation upsample(PackedUpsample node, Activation x) {
    int height = x.height() * node.factor();
    int width = x.width() * node.factor();
    int bytes =
        node.bits()
            ? BitPacking.bytesPerPixel(x.channels())
            : BitPacking.paddedChannels(x.channels());
    byte[] source = node.bits() ? ((Bits) x).packed() : ((Int8) x).values();
    byte[] y = new byte[x.batch() * height * width * bytes];
    for (int i = 0; i < y.length / bytes; i++) {
      System.arraycopy(source, pixel(i, x, node.factor()) * bytes, y, i * bytes, bytes);
    }
    return node.bits()
        ? new Bits(x.batch(), height, width, x.channels(), y)
        : new Int8(x.batch(), height, width, x.channels(), y);
  }

  static Real upsample(Upsample node, Real x) {
    int channels = x.channels();
    Real y = enlarged(x, node.factor(), channels);
    for (int i = 0; i < y.pixels(); i++) {
      int from = pixel(i, x, node.factor()) * channels;
      System.arraycopy(x.values(), from, y.values(), i * channels, channels);
    }
    return y;
  }

  static Real depthToSpace(DepthToSpace node, Real x) {
    int factor = node.factor();
    int channels = x.channels() / (factor * factor);
    Real y = enlarged(x, factor, channels);
    for (int i = 0; i < y.pixels(); i++) {
      int place = i / y.width() % factor * factor + i % factor;
      int from = pixel(i, x, factor) * x.channels() + place * channels;
      System.arraycopy(x.values(), from, y.values(), i * channels, channels);
    }
    return y;
  }

  /** The pixel of {@code x} whose block holds pixel {@code i} of the enlarged batch. */
  private static int pixel(int i, Activation x, int factor) {
    int width = x.width() * factor;
    int row = i / width; // of all images, whose heights are multiples of the factor
    return row / factor * x.width() + i % width / factor;
  }

  private static Real enlarged(Real x, int factor, int channels) {
    int height = x.height() * factor;
    int width = x.width() * factor;
    return new Real(
        x.batch(), height, width, channels, new float[x.batch() * height * width * channels]);
  }
}
