package ai.binealnet.core.graph;

import java.util.Objects;

/**
 * An error that the person at the keyboard can act on: what failed, what was expected, what was
 * found instead, and what to do about it. Every module reports bad files, settings and arguments
 * with this class; the command line prints the four parts, or writes them as one JSON object.
 * Defects of this library itself are not user errors.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What failed, naming the file or setting. */
  private final String what;

  /** What was expected. */
  private final String expected;

  /** What was found instead. */
  private final String actual;

  /** What to do about it. */
  private final String remedy;

  /**
   * Makes an error without an underlying cause.
   *
   * @param what what failed, naming the file or setting, e.g. {@code "cannot read
   *     data_batch_1.bin"}
   * @param expected what was expected, e.g. {@code "a multiple of 3073 bytes"}
   * @param actual what was found instead, with its value
   * @param remedy what to do about it
   */
  public UserError(String what, String expected, String actual, String remedy) {
    this(what, expected, actual, remedy, null);
  }

  /**
   * Makes an error that was caused by another one.
   *
   * @param what what failed, naming the file or setting
   * @param expected what was expected
   * @param actual what was found instead, with its value
   * @param remedy what to do about it
   * @param cause the underlying error, or null
   */
  public UserError(String what, String expected, String actual, String remedy, Throwable cause) {
    super(join(what, expected, actual, remedy), cause);
    this.what = what;
    this.expected = expected;
    this.actual = actual;
    this.remedy = remedy;
  }

  /** What failed, naming the file or setting. */
  public String what() {
    return what;
  }

  /** What was expected. */
  public String expected() {
    return expected;
  }

  /** What was found instead, with its value. */
  public String actual() {
    return actual;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }

  private static String join(String what, String expected, String actual, String remedy) {
    return Objects.requireNonNull(what, "what")
        + ": expected "
        + Objects.requireNonNull(expected, "expected")
        + ", got "
        + Objects.requireNonNull(actual, "actual")
        + "; "
        + Objects.requireNonNull(remedy, "remedy");
  }
}
