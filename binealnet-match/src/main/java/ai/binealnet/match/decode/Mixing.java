package ai.binealnet.match.decode;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A fixed rotation of descriptors: half of the signs flipped at random, then the Walsh-Hadamard
 * transform. The signs of what comes out tell on which side of further, random hyperplanes a
 * descriptor lies (Charikar, 2002; this transform in the place of a dense matrix: Ailon and
 * Chazelle, 2009).
 *
 * <p>Binary descriptors are stored and compared across versions, so the flips must never change.
 */
final class Mixing {
  private static final long SEED = 1;

  private final boolean[] flipped;
  private final float[] work;

  /**
   * A mixing of descriptors of a length.
   *
   * @param dimensions length; filled up with zeros to the next power of two
   */
  Mixing(int dimensions) {
    SplittableRandom random = new SplittableRandom(SEED);
    flipped = new boolean[dimensions];
    for (int i = 0; i < dimensions; i++) {
      flipped[i] = random.nextBoolean();
    }
    work = new float[Math.max(1, Integer.highestOneBit(2 * dimensions - 1))];
  }

  /**
   * Mixes one descriptor.
   *
   * @param values of all descriptors
   * @param from where it begins
   * @return as many values or more, valid until the next call; not scaled
   */
  float[] apply(float[] values, int from) {
    Arrays.fill(work, flipped.length, work.length, 0);
    for (int i = 0; i < flipped.length; i++) {
      work[i] = flipped[i] ? -values[from + i] : values[from + i];
    }
    for (int half = 1; half < work.length; half *= 2) {
      for (int i = 0; i < work.length; i++) {
        if ((i & half) == 0) {
          float sum = work[i] + work[i + half];
          work[i + half] = work[i] - work[i + half];
          work[i] = sum;
        }
      }
    }
    return work;
  }
}
