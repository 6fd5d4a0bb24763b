package ai.binealnet.cli;

import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
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
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new UserError(
          "cannot write " + file,
          "the path of a regular file",
          "something else, such as a device",
          "choose another path");
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

  /**
   * Checks that a folder is new or empty.
   *
   * @throws UserError if not
   */
  static void requireFreeFolder(Path folder) {
    try {
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
          if (!files.iterator().hasNext()) {
            return;
          }
        }
      } else if (!Files.exists(folder)) {
        return;
      }
    } catch (IOException e) {
      throw unusable(folder, e.toString());
    }
    throw unusable(folder, Files.isDirectory(folder) ? "a folder with files in it" : "a file");
  }

  /**
   * Makes a folder, and those above it.
   *
   * @throws UserError if that fails
   */
  static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unusable(folder, e.toString());
    }
  }

  /** Writes what {@code --json} prints. */
  static void writeJson(Object json, Path file) {
    AtomicFiles.write(file, (Output.json(json) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static UserError unusable(Path folder, String actual) {
    return new UserError(
        "cannot write into " + folder, "a new or empty, writable folder", actual, "choose another");
  }
}
