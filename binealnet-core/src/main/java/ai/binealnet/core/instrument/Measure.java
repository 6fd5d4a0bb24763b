package ai.binealnet.core.instrument;

/** Names of what is measured, in {@code layers.csv} and in TensorBoard. */
public final class Measure {
  /** Elements, of a binarizer channels. */
  public static final String SIZE = "size";

  /**
   * Euclidean norm of the gradients of the row's parameters: the root of the mean square over the
   * steps that were looked at.
   */
  public static final String GRADIENT_NORM = "gradient_norm";

  /** Share of latent weights whose sign is not that of the end of the epoch before. */
  public static final String FLIP_RATIO = "flip_ratio";

  /** Share of latent weights whose sign was the initial one at the end of every epoch so far. */
  public static final String NEVER_FLIPPED = "never_flipped";

  /**
   * Share of latent weights that never flipped and whose gradient was exactly zero at every step of
   * the epoch that was looked at: nothing ever moved them across zero, and nothing moves them now.
   * A weight that merely keeps a sign that suits it has gradients and is not dead; one so large
   * that the gradient of the tanh is zero in float32 is.
   */
  public static final String DEAD = "dead";

  /** Channels of a binarizer that were +1 all over the validation pictures looked at. */
  public static final String ALWAYS_PLUS = "always_plus";

  /** Channels of a binarizer that were -1 all over them. */
  public static final String ALWAYS_MINUS = "always_minus";

  /** Smallest finite effective threshold of a binarizer's channels. */
  public static final String THETA_MIN = "theta_min";

  /** First quartile of the finite ones. */
  public static final String THETA_P25 = "theta_p25";

  /** Their median. */
  public static final String THETA_MEDIAN = "theta_median";

  /** Third quartile. */
  public static final String THETA_P75 = "theta_p75";

  /** The largest finite one. */
  public static final String THETA_MAX = "theta_max";

  /** Channels without a finite threshold: always +1, or a negative slope. */
  public static final String NO_THRESHOLD = "no_threshold";

  private Measure() {}
}
