package ai.binealnet.detect.data;

import ai.binealnet.core.graph.UserError;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds files that annotations name, inside the folder they belong to only. */
final class Places {
  private static final List<String> EXTENSIONS =
      List.of("jpg", "jpeg", "png", "bmp", "tif", "tiff", "webp", "ppm", "pgm");

  private Places() {}

  /**
   * A path below a folder.
   *
   * @param origin the file that names it
   * @throws UserError if the name leads out of the folder
   */
  static Path below(Path folder, String name, Path origin) {
    try {
      Path base = folder.toAbsolutePath().normalize();
      Path file = base.resolve(name).normalize();
      boolean climbs = Stream.of(name.split("[/\\\\]")).anyMatch(".."::equals);
      if (!climbs && !name.isBlank() && file.startsWith(base) && !file.equals(base)) {
        return folder.resolve(name);
      }
    } catch (InvalidPathException e) {
      throw outside(folder, name, origin, e);
    }
    throw outside(folder, name, origin, null);
  }

  private static UserError outside(Path folder, String name, Path origin, Exception cause) {
    return new UserError(
        origin + " names a file outside the data",
        "a name inside " + folder,
        name,
        "correct the name",
        cause);
  }

  /**
   * The picture of a name without extension.
   *
   * @param origin the file that names it
   * @throws UserError if there is none
   */
  static Path picture(Path folder, String name, Path origin) {
    Path stem = below(folder, name, origin);
    Optional<Path> file =
        EXTENSIONS.stream()
            .flatMap(e -> Stream.of(e, e.toUpperCase(java.util.Locale.ROOT)))
            .map(extension -> stem.resolveSibling(stem.getFileName() + "." + extension))
            .filter(Files::isRegularFile)
            .findFirst();
    return file.orElseThrow(() -> missing(stem + ".jpg", origin));
  }

  /** The error of a picture that is not there. */
  static UserError missing(Object file, Path origin) {
    return new UserError(
        "picture not found: " + file,
        "every picture that " + origin + " names",
        "no such file",
        "put it there, or take it out of " + origin.getFileName());
  }
}
