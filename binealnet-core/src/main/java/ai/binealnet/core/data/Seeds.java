package ai.binealnet.core.data;

import java.util.SplittableRandom;

/**
 * Generators that depend on nothing but the numbers they are made from, so that neither the number
 * of threads nor the batch a run starts at changes what is drawn.
 */
final class Seeds {
  private static final long ORDER = 1;
  private static final long SAMPLE = 2;
  private static final long BATCH = 3;

  private Seeds() {}

  /** For the order of the samples in one epoch. */
  static SplittableRandom order(long seed, int epoch) {
    return new SplittableRandom(mix(mix(mix(seed) + ORDER) + epoch));
  }

  /** For the augmentation of one sample in one epoch. */
  static SplittableRandom sample(long seed, int epoch, int index) {
    return new SplittableRandom(mix(mix(mix(mix(seed) + SAMPLE) + epoch) + index));
  }

  /** For what is drawn once for a batch. */
  static SplittableRandom batch(long seed, int epoch, int batch) {
    return new SplittableRandom(mix(mix(mix(mix(seed) + BATCH) + epoch) + batch));
  }

  /**
   * The finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): a bijection that spreads every
   * input bit.
   */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
