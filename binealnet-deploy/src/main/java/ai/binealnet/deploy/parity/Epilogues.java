package ai.binealnet.deploy.parity;

import ai.binealnet.core.graph.Epilogue;
import ai.binealnet.deploy.lower.ScalarOps;
import ai.binealnet.deploy.parity.Activation.Bits;
import ai.binealnet.deploy.parity.Activation.Int8;
import ai.binealnet.deploy.parity.Activation.Real;
import java.util.List;

/** What becomes of a lowered convolution's integers. */
final class Epilogues {
  private Epilogues() {}

  /** Applies an epilogue; {@code second} is the skip or residual, or null. */
  static List<Activation> apply(Epilogue epilogue, Accumulators y, Int8 second) {
    if (epilogue instanceof Epilogue.Threshold threshold) {
      return List.of(bits(y, (i, o) -> y.sums()[i] < threshold.thresholds()[o]));
    }
    if (epilogue instanceof Epilogue.QuantizeTo quantize) {
      return List.of(int8(y, (i, o) -> level(quantize, y.sums()[i], o)));
    }
    if (epilogue instanceof Epilogue.AddThreshold add) {
      return List.of(bits(y, (i, o) -> isMinus(add, y.sums()[i], second.values()[i], o)));
    }
    if (epilogue instanceof Epilogue.Stream stream) {
      return stream(stream, y, second);
    }
    return List.of(real((Epilogue.ToFloat) epilogue, y));
  }

  private static List<Activation> stream(Epilogue.Stream stream, Accumulators y, Int8 residual) {
    Int8 q =
        int8(
            y,
            (i, o) -> level(stream, y.sums()[i], residual == null ? 0 : residual.values()[i], o));
    return stream.thresholds() == null
        ? List.of(q)
        : List.of(q, bits(y, (i, o) -> q.values()[i] < stream.thresholds()[o]));
  }

  private static int level(Epilogue.QuantizeTo quantize, int y, int o) {
    return ScalarOps.level(
        ScalarOps.affine(y, quantize.scale()[o], quantize.shift()[o]),
        quantize.min(),
        quantize.max());
  }

  private static boolean isMinus(Epilogue.AddThreshold add, int y, int skip, int o) {
    int sum = level(add.quantize(), y, o) + skip;
    return sum < add.thresholds()[o] != add.flips()[o];
  }

  private static int level(Epilogue.Stream stream, int y, int residual, int o) {
    float v = ScalarOps.affine(y, stream.scale()[o], stream.shift()[o]);
    v += residual * stream.residualFactor();
    if (stream.slope() != null) {
      v = ScalarOps.prelu(v, stream.slope()[o]);
    }
    return ScalarOps.level(v, Byte.MIN_VALUE, Byte.MAX_VALUE);
  }

  private static Real real(Epilogue.ToFloat to, Accumulators y) {
    float[] values = new float[y.sums().length / y.padded() * y.channels()];
    for (int i = 0; i < values.length; i++) {
      int o = i % y.channels();
      int sum = y.sums()[i / y.channels() * y.padded() + o];
      values[i] = ScalarOps.affine(sum, to.scale()[o], to.shift()[o]);
    }
    return new Real(y.batch(), y.height(), y.width(), y.channels(), values);
  }

  /** Tells whether number i, of channel o, is -1. */
  interface SignBit {
    boolean isMinus(int i, int o);
  }

  /** An integer for number i, of channel o. */
  private interface Level {
    int at(int i, int o);
  }

  private static Bits bits(Accumulators y, SignBit sign) {
    return new Bits(
        y.batch(), y.height(), y.width(), y.channels(), pack(y.sums().length, y.padded(), sign));
  }

  private static Int8 int8(Accumulators y, Level level) {
    byte[] values = new byte[y.sums().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) level.at(i, i % y.padded());
    }
    return new Int8(y.batch(), y.height(), y.width(), y.channels(), values);
  }

  /** Packs the signs of {@code count} numbers with {@code padded} channels, a multiple of 32. */
  static byte[] pack(int count, int padded, SignBit sign) {
    byte[] packed = new byte[count / Byte.SIZE];
    for (int i = 0; i < count; i++) {
      if (sign.isMinus(i, i % padded)) {
        packed[i / Byte.SIZE] |= (byte) (1 << i % Byte.SIZE);
      }
    }
    return packed;
  }
}
