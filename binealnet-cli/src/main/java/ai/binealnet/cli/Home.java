package ai.binealnet.cli;

import ai.binealnet.core.graph.UserError;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project's own folder, which holds the samples. */
final class Home {
  /** System property that {@code ./binealnet} sets. */
  static final String PROPERTY = "binealnet.home";

  private Home() {}

  /**
   * A folder of {@code samples/}, in the home or in the working folder or one above it.
   *
   * @throws UserError if there is none
   */
  static Path samples(String name) {
    String home = System.getProperty(PROPERTY);
    Path start = Path.of(home == null ? "" : home).toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      Path samples = folder.resolve("samples").resolve(name);
      if (Files.isDirectory(samples)) {
        return samples;
      }
    }
    throw new UserError(
        "the sample pictures are missing",
        "a folder samples/" + name,
        "none in " + start + " or above",
        "run ./binealnet of a complete clone");
  }
}
