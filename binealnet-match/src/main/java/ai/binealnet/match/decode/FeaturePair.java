package ai.binealnet.match.decode;

/**
 * Features of two pictures that are to be matched.
 *
 * @param first of the first
 * @param second of the second
 */
public record FeaturePair(Features first, Features second) {
  /** The same with bits instead of numbers. */
  public FeaturePair binary() {
    return new FeaturePair(first.binary(), second.binary());
  }

  /** Mutual nearest neighbours, and their homography. */
  public Matches match() {
    return Matches.of(first, second);
  }
}
