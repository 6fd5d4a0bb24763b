package ai.binealnet.deploy.cost;

/** Where 1-bit and 8-bit layers run. */
public enum Units {
  /**
   * A 1-bit array beside the 8-bit one, at work on consecutive images: the slower one decides how
   * often a result leaves.
   */
  SEPARATE,
  /** One array does both, one layer after the other: their cycles add up. */
  SHARED
}
