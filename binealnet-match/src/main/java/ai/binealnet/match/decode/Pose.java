package ai.binealnet.match.decode;

/**
 * How two pictures are seen so that they stand alike: the first reduced, the second turned and
 * reduced. One of the two factors is 1.
 *
 * @param firstScale factor on the sides of the first picture, in (0, 1]
 * @param angle that the second picture is turned by, in radians from the x towards the y axis
 * @param secondScale factor on the sides of the second picture, in (0, 1]
 */
public record Pose(double firstScale, double angle, double secondScale) {
  /** Both as they are. */
  public static final Pose IDENTITY = new Pose(1, 0, 1);

  private static final double NEARLY = 1.3;

  /**
   * The pose that undoes a zoom; none that is so small that the levels of the pictures cover it.
   *
   * @param angle to turn the second picture by
   * @param zoom pixels of the second picture per pixel of the first
   */
  static Pose of(double angle, double zoom) {
    boolean small = zoom < NEARLY && zoom > 1 / NEARLY;
    return small
        ? new Pose(1, angle, 1)
        : new Pose(Math.min(1, zoom), angle, Math.min(1, 1 / zoom));
  }
}
