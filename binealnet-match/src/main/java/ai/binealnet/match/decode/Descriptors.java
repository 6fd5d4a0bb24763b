package ai.binealnet.match.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/** Descriptors of key points, in their order. */
public sealed interface Descriptors {
  /** How many. */
  int size();

  /** Length of each: numbers, or bits. */
  int dimensions();

  /** All of them as little-endian bytes in base64: float32 numbers, or bits from the lowest on. */
  String base64();

  /** What each is stored as: {@code float32} or {@code bits}. */
  String type();

  /**
   * Real descriptors of length 1, compared by their cosine.
   *
   * @param dimensions D
   * @param values [n,D]
   */
  record Real(int dimensions, float[] values) implements Descriptors {
    @Override
    public int size() {
      return values.length / dimensions;
    }

    @Override
    public String base64() {
      ByteBuffer bytes =
          ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values);
      return Base64.getEncoder().encodeToString(bytes.array());
    }

    @Override
    public String type() {
      return "float32";
    }

    /** Some of them, in the order of {@code indices}. */
    Real select(List<Integer> indices) {
      float[] chosen = new float[indices.size() * dimensions];
      for (int i = 0; i < indices.size(); i++) {
        System.arraycopy(values, indices.get(i) * dimensions, chosen, i * dimensions, dimensions);
      }
      return new Real(dimensions, chosen);
    }

    /**
     * Two bits for each dimension D: first the signs of the descriptors, for which networks are
     * trained, then those of the first D values of their {@link Mixing}. Bit 1 stands for a
     * negative value, as everywhere in this project.
     */
    public Bits signs() {
      int words = Bits.words(2 * dimensions);
      long[] packed = new long[size() * words];
      Mixing mixing = new Mixing(dimensions);
      for (int i = 0; i < size(); i++) {
        float[] mixed = mixing.apply(values, i * dimensions);
        for (int k = 0; k < dimensions; k++) {
          if (values[i * dimensions + k] < 0) {
            set(packed, i * words, k);
          }
          if (mixed[k] < 0) {
            set(packed, i * words, dimensions + k);
          }
        }
      }
      return new Bits(2 * dimensions, packed);
    }

    private static void set(long[] packed, int from, int bit) {
      packed[from + bit / Long.SIZE] |= 1L << bit;
    }
  }

  /**
   * Binary descriptors, compared by their Hamming distance.
   *
   * @param dimensions D bits
   * @param packed [n, ceil(D / 64)]; bit i of a descriptor is bit i % 64 of its word i / 64
   */
  record Bits(int dimensions, long[] packed) implements Descriptors {
    /** Words that a descriptor takes. */
    public static int words(int dimensions) {
      return (dimensions + Long.SIZE - 1) / Long.SIZE;
    }

    @Override
    public int size() {
      return packed.length / words(dimensions);
    }

    @Override
    public String base64() {
      int words = words(dimensions);
      int length = (dimensions + Byte.SIZE - 1) / Byte.SIZE;
      byte[] bytes = new byte[size() * length];
      for (int i = 0; i < bytes.length; i++) {
        int bit = i % length * Byte.SIZE;
        bytes[i] = (byte) (packed[i / length * words + bit / Long.SIZE] >>> bit);
      }
      return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String type() {
      return "bits";
    }
  }
}
