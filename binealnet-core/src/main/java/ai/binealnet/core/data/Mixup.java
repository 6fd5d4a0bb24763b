package ai.binealnet.core.data;

import java.util.random.RandomGenerator;

/**
 * Mixes the pictures of a batch in pairs, and their classes with them (Zhang et al., 2018): {@code
 * x[i] = s x[i] + (1 - s) x[n-1-i]} with one share s ~ Beta(alpha, alpha) for the batch, whose
 * order is random anyway.
 *
 * @param alpha in [0, 8]; 0 mixes nothing, 0.2 a little, 1 takes every share alike
 */
public record Mixup(double alpha) {
  private static final double LARGEST = 8;

  /** Checks the range. */
  public Mixup {
    if (!(alpha >= 0 && alpha <= LARGEST)) {
      throw new IllegalArgumentException("mixup must be in [0, 8], got " + alpha);
    }
  }

  /** Mixes a batch that was not mixed before, in place. */
  public ImageBatch apply(ImageBatch batch, RandomGenerator random) {
    if (alpha == 0) {
      return batch;
    }
    float share = (float) beta(random);
    float rest = 1 - share;
    float[] pixels = batch.pixels();
    int size = batch.spec().elements();
    for (int i = 0, j = batch.count() - 1; i < j; i++, j--) {
      for (int k = 0; k < size; k++) {
        float a = pixels[i * size + k];
        float b = pixels[j * size + k];
        pixels[i * size + k] = share * a + rest * b;
        pixels[j * size + k] = share * b + rest * a;
      }
    }
    return new ImageBatch(batch.spec(), pixels, batch.labels(), share);
  }

  /**
   * Beta(alpha, alpha) by Johnk's method: {@code X = U^(1/alpha), Y = V^(1/alpha)}, taken where
   * {@code X + Y <= 1}, gives {@code X / (X + Y)}. In logarithms, because U^(1/alpha) may vanish.
   */
  private double beta(RandomGenerator random) {
    while (true) {
      double x = StrictMath.log(1 - random.nextDouble()) / alpha;
      double y = StrictMath.log(1 - random.nextDouble()) / alpha;
      if (StrictMath.exp(x) + StrictMath.exp(y) <= 1) {
        return 1 / (1 + StrictMath.exp(y - x));
      }
    }
  }
}
