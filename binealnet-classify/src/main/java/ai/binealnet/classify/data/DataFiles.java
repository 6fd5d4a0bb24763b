package ai.binealnet.classify.data;

import ai.binealnet.classify.data.ClassificationData.Format;
import ai.binealnet.core.data.Folders;
import ai.binealnet.core.data.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files that belong to a folder's data. */
final class DataFiles {
  private DataFiles() {}

  static List<Path> of(Path root, Format format) {
    List<Path> files = new ArrayList<>();
    if (format == Format.CIFAR) {
      files.addAll(CifarFiles.train(root));
      files.add(root.resolve(CifarFiles.TEST));
      files.add(root.resolve(CifarFiles.META));
      return files;
    }
    for (String split : ClassificationData.SPLITS) {
      if (Files.isDirectory(root.resolve(split))) {
        files.addAll(pictures(root.resolve(split)));
      }
    }
    return files;
  }

  private static List<Path> pictures(Path split) {
    try (Stream<Path> all = Files.walk(split)) {
      return all.filter(ImageFiles::isPicture).toList();
    } catch (IOException e) {
      throw Folders.unreadable(split, e);
    }
  }
}
