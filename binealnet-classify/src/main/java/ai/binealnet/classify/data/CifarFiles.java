package ai.binealnet.classify.data;

import ai.binealnet.core.data.Folders;
import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of the CIFAR-10 binary version, see {@link CifarDataset}. */
final class CifarFiles {
  /** Rows and columns of an image. */
  static final int SIDE = 32;

  /** Bytes of one colour plane. */
  static final int PLANE = SIDE * SIDE;

  /** Bytes of a record: the label and three colour planes. */
  static final int RECORD = 1 + 3 * PLANE;

  /** The file that names the classes. */
  static final String META = "batches.meta.txt";

  /** The file with the test images. */
  static final String TEST = "test_batch.bin";

  private CifarFiles() {}

  /** Whether a folder looks like this format. */
  static boolean isIn(Path dir) {
    return Files.exists(dir.resolve(META))
        || Files.exists(dir.resolve(TEST))
        || (Files.isDirectory(dir) && !train(dir).isEmpty());
  }

  /** The training files, sorted by name. */
  static List<Path> train(Path dir) {
    try (Stream<Path> files = Files.list(dir)) {
      return files
          .filter(file -> file.getFileName().toString().matches("data_batch_\\d+\\.bin"))
          .sorted()
          .collect(Collectors.toUnmodifiableList());
    } catch (IOException e) {
      throw Folders.unreadable(dir, e);
    }
  }

  /** The training files; at least one. */
  static List<Path> requireTrain(Path dir) {
    List<Path> files = train(dir);
    if (files.isEmpty()) {
      throw missing(dir, "data_batch_1.bin");
    }
    return files;
  }

  /** The class names, in the order of the labels. */
  static List<String> classes(Path dir) {
    Path file = dir.resolve(META);
    if (!Files.exists(file)) {
      throw missing(dir, META);
    }
    List<String> names =
        new String(Folders.bytes(file), StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toUnmodifiableList());
    if (names.isEmpty() || names.size() > 256) {
      throw new UserError(
          "cannot read " + file,
          "one class name a line, 1 to 256 of them",
          names.size() + " names",
          "take the file from the data set's archive");
    }
    return names;
  }

  /**
   * Reads the records of one file.
   *
   * @throws UserError if it is missing, cut short, empty, or has a label that names no class
   */
  static byte[] records(Path file, int classes) {
    if (!Files.exists(file)) {
      throw missing(file.getParent(), file.getFileName().toString());
    }
    byte[] bytes = Folders.bytes(file);
    checkLength(file, bytes.length);
    for (int record = 0; record < bytes.length / RECORD; record++) {
      int label = bytes[record * RECORD] & 0xff;
      if (label >= classes) {
        throw new UserError(
            "bad label in " + file + ", record " + record,
            "0.." + (classes - 1) + ", as " + META + " names " + classes + " classes",
            Integer.toString(label),
            "this is not the CIFAR-10 binary version, or the file is damaged: copy it again");
      }
    }
    return bytes;
  }

  private static void checkLength(Path file, int length) {
    if (length == 0 || length % RECORD != 0) {
      throw new UserError(
          "truncated CIFAR file " + file,
          "a multiple of " + RECORD + " bytes, at least one",
          length + " bytes = " + length / RECORD + " records and " + length % RECORD + " bytes",
          "copy or unpack the file again");
    }
  }

  private static UserError missing(Path dir, String name) {
    return new UserError(
        "missing CIFAR file " + dir.resolve(name),
        "data_batch_*.bin, " + TEST + " and " + META + " in one folder",
        "no such file",
        "unpack the CIFAR-10 binary version there, or name the folder that holds it");
  }
}
