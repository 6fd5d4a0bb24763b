package ai.binealnet.classify.data;

import ai.binealnet.classify.data.ClassificationData.Format;
import ai.binealnet.classify.data.DataReport.Finding;
import ai.binealnet.classify.data.DataReport.Severity;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.graph.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Reads every picture of a folder and reports all that is wrong with it, instead of stopping at the
 * first error.
 */
public final class DataCheck {
  private final Path root;
  private final Map<String, Map<String, Long>> counts = new TreeMap<>();
  private final Map<String, Long> sizes = new TreeMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Duplicates duplicates = new Duplicates();

  private DataCheck(Path root) {
    this.root = root;
  }

  /**
   * Checks a folder.
   *
   * @throws UserError if it does not exist or holds neither of the two layouts; everything else is
   *     a finding
   */
  public static DataReport run(Path root) {
    Format format = Format.of(root);
    DataCheck check = new DataCheck(root);
    List<String> classes =
        check.orElse(
            List.of(),
            () ->
                format == Format.CIFAR
                    ? CifarFiles.classes(root)
                    : ImageFolderDataset.classes(root.resolve("train")));
    if (format == Format.CIFAR) {
      check.cifar(classes);
    } else {
      check.folders(classes);
    }
    check.missingClasses(classes);
    check.findings.addAll(check.duplicates.findings());
    return new DataReport(root, format, classes, check.counts, check.sizes, check.findings);
  }

  /** The value, or a finding and the other value. */
  private <T> T orElse(T other, Supplier<T> value) {
    try {
      return value.get();
    } catch (UserError e) {
      findings.add(Finding.of(e));
      return other;
    }
  }

  private void cifar(List<String> classes) {
    List<Path> train = orElse(List.of(), () -> CifarFiles.requireTrain(root));
    train.forEach(file -> cifarFile("train", file, classes));
    cifarFile("test", root.resolve(CifarFiles.TEST), classes);
  }

  private void cifarFile(String split, Path file, List<String> classes) {
    // Without class names, any label is accepted: their absence is a finding already.
    int limit = classes.isEmpty() ? 256 : classes.size();
    byte[] records = orElse(new byte[0], () -> CifarFiles.records(file, limit));
    for (int record = 0; record < records.length / CifarFiles.RECORD; record++) {
      int start = record * CifarFiles.RECORD;
      int label = records[start] & 0xff;
      count(split, classes.isEmpty() ? Integer.toString(label) : classes.get(label));
      size(CifarFiles.SIDE, CifarFiles.SIDE);
      duplicates.add(
          split,
          file.getFileName() + " record " + record,
          records,
          start + 1,
          CifarFiles.RECORD - 1);
    }
  }

  private void folders(List<String> classes) {
    for (String split : ClassificationData.SPLITS) {
      Path dir = root.resolve(split);
      if (Files.isDirectory(dir)) {
        orElse(List.<Path>of(), () -> ImageFolderDataset.classFolders(dir))
            .forEach(folder -> classFolder(split, folder, classes));
      }
    }
    orElse(null, () -> ClassificationData.requireTestFolder(root));
  }

  private void classFolder(String split, Path folder, List<String> classes) {
    orElse(-1, () -> ImageFolderDataset.label(folder, classes));
    for (Path file : orElse(List.<Path>of(), () -> ImageFolderDataset.files(folder))) {
      Image image = orElse(null, () -> ImageFiles.read(ImageFolderDataset.requirePicture(file)));
      if (image != null) {
        count(split, folder.getFileName().toString());
        size(image.height(), image.width());
        byte[] pixels = image.pixels();
        duplicates.add(split, root.relativize(file).toString(), pixels, 0, pixels.length);
      }
    }
  }

  private void count(String split, String label) {
    counts.computeIfAbsent(split, key -> new TreeMap<>()).merge(label, 1L, Long::sum);
  }

  private void size(int height, int width) {
    sizes.merge(height + "x" + width, 1L, Long::sum);
  }

  private void missingClasses(List<String> classes) {
    counts.forEach(
        (split, byClass) ->
            classes.stream()
                .filter(name -> !byClass.containsKey(name))
                .forEach(
                    name ->
                        findings.add(
                            new Finding(
                                Severity.WARNING,
                                "class " + name + " is missing in " + split,
                                "pictures of every class",
                                "none",
                                "add some, or leave the class out"))));
  }
}
