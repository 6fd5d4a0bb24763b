package ai.binealnet.core.nn;

/**
 * A value of an export graph under construction.
 *
 * @param name its name
 * @param height rows; 1 for a vector
 * @param width columns; 1 for a vector
 * @param channels channels
 */
public record Value(String name, int height, int width, int channels) {
  /** A value of the same extents under another name. */
  public Value named(String other) {
    return new Value(other, height, width, channels);
  }
}
