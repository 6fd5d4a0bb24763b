package ai.binealnet.cli;

import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Pictures that people name on the command line. */
final class PictureFiles {
  private PictureFiles() {}

  /**
   * Files as they are, folders as the pictures in them in the order of their names.
   *
   * @throws UserError if a folder holds none
   */
  static List<Path> expand(List<Path> paths) {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      files.addAll(Files.isDirectory(path) ? in(path) : List.of(path));
    }
    return files;
  }

  /** The pictures in a folder, by name. */
  static List<Path> in(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> pictures = entries.filter(ImageFiles::isPicture).sorted().toList();
      if (pictures.isEmpty()) {
        throw new UserError(
            "no pictures in the folder " + folder,
            "files that end in one of " + ImageFiles.EXTENSIONS.stream().sorted().toList(),
            "none",
            "name the folder that holds them itself");
      }
      return pictures;
    } catch (IOException e) {
      throw new UserError(
          "cannot read the folder " + folder, "a readable folder", e.toString(), "check it", e);
    }
  }
}
