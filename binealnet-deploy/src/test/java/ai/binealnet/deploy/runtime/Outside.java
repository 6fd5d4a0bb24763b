package ai.binealnet.deploy.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder in which tests leave files for programs outside Java, if they shall. */
final class Outside {
  private static final String PROPERTY = "binealnet.outside";

  /** Below the build's folder; the Maven profile {@code outside} names it. */
  private static final Path FOLDER = Path.of(System.getProperty(PROPERTY, ""));

  private Outside() {}

  static boolean isAsked() {
    return System.getProperty(PROPERTY) != null;
  }

  /** The jars of ONNX Runtime that the build has put there. */
  static List<Path> jars() throws IOException {
    return list(FOLDER, ".jar");
  }

  /** Files of a folder in the order of their names. */
  static List<Path> list(Path folder, String extension) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(extension)).sorted().toList();
    }
  }

  /** A folder of that name, without what an earlier build left. */
  static Path empty(String name) throws IOException {
    Path folder = Files.createDirectories(FOLDER.resolve(name));
    for (Path file : list(folder, "")) {
      Files.delete(file);
    }
    return folder;
  }
}
