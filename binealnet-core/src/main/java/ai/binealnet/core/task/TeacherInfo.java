package ai.binealnet.core.task;

/**
 * The network that another one learns from.
 *
 * @param run its run folder, absolute, or empty
 * @param weights SHA-256 of its weights, or empty
 */
public record TeacherInfo(String run, String weights) {
  /** Nobody. */
  public static final TeacherInfo NONE = new TeacherInfo("", "");
}
