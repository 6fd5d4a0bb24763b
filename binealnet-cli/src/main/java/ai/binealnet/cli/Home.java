package ai.binealnet.cli;

import ai.binealnet.core.graph.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The project's own folder, which holds the samples and the zoo. */
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
    return folder("samples/" + name)
        .orElseThrow(
            () ->
                new UserError(
                    "the sample pictures are missing",
                    "a folder samples/" + name,
                    "none in " + start() + " or above",
                    "run ./binealnet of a complete clone"));
  }

  /** A folder of the project, in the home or in the working folder or one above it. */
  static Optional<Path> folder(String name) {
    for (Path folder = start(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(name))) {
        return Optional.of(folder.resolve(name));
      }
    }
    return Optional.empty();
  }

  private static Path start() {
    String home = System.getProperty(PROPERTY);
    return Path.of(home == null ? "" : home).toAbsolutePath();
  }
}
