package ai.binealnet.cli;

import ai.binealnet.core.graph.UserError;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks of output paths before the work starts, so that nobody waits for a late refusal. */
final class OutputFiles {
  private OutputFiles() {}

  /**
   * Checks that a new file can be made.
   *
   * @param force whether a file that exists may be replaced
   * @throws UserError if not
   */
  static void requireNew(Path file, boolean force) {
    if (Files.isDirectory(file)) {
      throw new UserError(
          "cannot write " + file, "the path of a file", "a folder", "add a file name");
    }
    if (Files.exists(file) && !force) {
      throw new UserError(
          "cannot write " + file,
          "a path where nothing is yet",
          "a file that exists",
          "choose another path, or replace it with --force");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new UserError(
          "cannot write " + file,
          "an existing, writable folder " + folder,
          !Files.exists(folder)
              ? "no such folder"
              : Files.isDirectory(folder) ? "a folder that may not be written" : "a file",
          "create the folder or choose another path");
    }
  }
}
