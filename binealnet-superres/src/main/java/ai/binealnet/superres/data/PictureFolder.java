package ai.binealnet.superres.data;

import ai.binealnet.core.data.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The pictures of one folder, in the order of their names.
 *
 * @param name what to call them, such as {@code set5}
 * @param files in the order of their names
 */
public record PictureFolder(String name, List<Path> files) {
  private static final Set<String> ENDINGS =
      Set.of("png", "jpg", "jpeg", "bmp", "tif", "tiff", "webp", "ppm", "pgm");

  /** Where benchmark sets keep their large pictures. */
  private static final String HIGH = "HR";

  /** Copies the list. */
  public PictureFolder {
    files = List.copyOf(files);
  }

  /** The pictures in {@code folder}, or in its sub-folder HR if there is one; maybe none. */
  static PictureFolder of(Path folder) {
    Path high = folder.resolve(HIGH);
    return new PictureFolder(
        folder.getFileName().toString(), pictures(Files.isDirectory(high) ? high : folder));
  }

  /** The part of it whose numbers fulfil a condition. */
  PictureFolder where(IntPredicate condition) {
    return new PictureFolder(
        name, IntStream.range(0, files.size()).filter(condition).mapToObj(files::get).toList());
  }

  /** A file's name without its ending. */
  public static String nameOf(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** The sub-folders of a folder, in the order of their names. */
  static List<Path> subFolders(Path folder) {
    return Folders.list(folder).stream().filter(Files::isDirectory).toList();
  }

  private static List<Path> pictures(Path folder) {
    return Folders.list(folder).stream().filter(PictureFolder::isPicture).toList();
  }

  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1)) && Files.isRegularFile(file);
  }
}
