package ai.binealnet.core.instrument;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.tensor.Tensor;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.BitSet;

/**
 * Watches one parameter: its gradients and, if it is a latent binary weight, its signs. Keeps three
 * bits a weight and reads tensors in small blocks.
 */
final class ParameterWatch {
  private static final int BLOCK = 4096;

  /** What an epoch's look at the signs found. */
  record Signs(long flipped, long neverFlipped, long dead) {}

  private final Parameter parameter;
  private final boolean binary;
  private double squares;
  private int looks;

  /** Signs at the end of the last epoch; set bits are negative. */
  private BitSet signs = new BitSet();

  /** Weights whose sign was seen to change since training began. */
  private BitSet everFlipped = new BitSet();

  /** Weights that had a gradient in this epoch. */
  private BitSet reached = new BitSet();

  ParameterWatch(Parameter parameter) {
    this.parameter = parameter;
    this.binary = parameter.role() == Parameter.Role.BINARY_WEIGHT;
    if (binary) {
      signs = signs();
    }
  }

  Parameter parameter() {
    return parameter;
  }

  boolean isBinary() {
    return binary;
  }

  /** Takes in the gradient of a step, reading through {@code block}. */
  void lookAtGradient(float[] block) {
    double sum = 0;
    for (int from = 0; from < parameter.value().size(); from += block.length) {
      int length = read(parameter.gradient(), from, block);
      for (int i = 0; i < length; i++) {
        sum += (double) block[i] * block[i];
        if (binary && block[i] != 0) {
          reached.set(from + i);
        }
      }
    }
    squares += sum;
    looks++;
  }

  static float[] block() {
    return new float[BLOCK];
  }

  private static int read(Tensor tensor, int from, float[] block) {
    int length = Math.min(block.length, tensor.size() - from);
    tensor.read(from, block, length);
    return length;
  }

  /** Mean of the squared gradient norms that were looked at; NaN if none was. */
  double meanSquaredNorm() {
    return looks == 0 ? Double.NaN : squares / looks;
  }

  /** Compares the signs with those of the epoch before and starts the next epoch. */
  Signs endEpoch() {
    int size = parameter.value().size();
    BitSet now = signs();
    BitSet changed = (BitSet) signs.clone();
    changed.xor(now);
    everFlipped.or(changed);
    BitSet alive = (BitSet) everFlipped.clone();
    alive.or(reached);
    Signs found =
        new Signs(
            changed.cardinality(),
            size - everFlipped.cardinality(),
            looks == 0 ? 0 : size - alive.cardinality());
    signs = now;
    reset();
    return found;
  }

  void reset() {
    reached.clear();
    squares = 0;
    looks = 0;
  }

  private BitSet signs() {
    int size = parameter.value().size();
    float[] block = block();
    BitSet negative = new BitSet(size);
    for (int from = 0; from < size; from += block.length) {
      int length = read(parameter.value(), from, block);
      for (int i = 0; i < length; i++) {
        negative.set(from + i, block[i] < 0);
      }
    }
    return negative;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(parameter.name());
    out.writeDouble(squares);
    out.writeInt(looks);
    for (BitSet bits : new BitSet[] {signs, everFlipped, reached}) {
      long[] words = bits.toLongArray();
      out.writeInt(words.length);
      for (long word : words) {
        out.writeLong(word);
      }
    }
  }

  void read(DataInputStream in) throws IOException {
    String name = in.readUTF();
    if (!name.equals(parameter.name())) {
      throw new IOException("it holds " + name + " in the place of " + parameter.name());
    }
    squares = in.readDouble();
    looks = in.readInt();
    signs = bits(in);
    everFlipped = bits(in);
    reached = bits(in);
  }

  private BitSet bits(DataInputStream in) throws IOException {
    int words = in.readInt();
    if (words < 0 || words > parameter.value().size() / Long.SIZE + 1) {
      throw new IOException(words + " words of bits for " + parameter);
    }
    long[] bits = new long[words];
    for (int i = 0; i < words; i++) {
      bits[i] = in.readLong();
    }
    return BitSet.valueOf(bits);
  }
}
