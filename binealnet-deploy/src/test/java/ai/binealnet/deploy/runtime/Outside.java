package ai.binealnet.deploy.runtime;

import java.nio.file.Path;

/** The folder in which tests leave files for programs outside Java, if they shall. */
final class Outside {
  private static final String PROPERTY = "binealnet.outside";

  /** Below the build's folder; the Maven profile {@code outside} names it. */
  static final Path FOLDER = Path.of(System.getProperty(PROPERTY, ""));

  private Outside() {}

  static boolean isAsked() {
    return System.getProperty(PROPERTY) != null;
  }
}
