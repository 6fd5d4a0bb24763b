package ai.binealnet.core.data;

import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reading files and folders with errors that name them. */
public final class Folders {
  private Folders() {}

  /** What a folder holds, sorted by name; hidden files ({@code .DS_Store}, …) are left out. */
  public static List<Path> list(Path dir) {
    try (Stream<Path> files = Files.list(dir)) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()))
          .collect(Collectors.toUnmodifiableList());
    } catch (IOException e) {
      throw unreadable(dir, e);
    }
  }

  /** The content of a file. */
  public static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** The length of a file. */
  public static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** The error of a file or folder that cannot be read. */
  public static UserError unreadable(Path path, IOException cause) {
    return new UserError(
        "cannot read " + path,
        "a readable file or folder",
        cause.toString(),
        "check the path and its permissions",
        cause);
  }
}
