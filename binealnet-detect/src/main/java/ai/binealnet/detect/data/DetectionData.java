package ai.binealnet.detect.data;

import ai.binealnet.core.data.DataHash;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.TaskData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Pictures with boxes, split three ways. Tune on {@code validation}; {@code test} is for the final
 * figure only.
 *
 * @param root the folder
 * @param format the layout it was found in
 * @param classes names in the order of the labels: those of {@code classes.txt}, of COCO's file in
 *     the order of its ids, or of the training part in alphabetical order
 * @param train to train on
 * @param validation the data's own, or every tenth picture of the training part
 * @param test the data's own, or its validation part
 */
public record DetectionData(
    Path root,
    Format format,
    List<String> classes,
    BoxDataset train,
    BoxDataset validation,
    BoxDataset test)
    implements TaskData {
  /** One picture in so many is held out for validation. */
  private static final int HOLD_OUT = 10;

  private static final String TRAIN = "train";
  private static final String VAL = "val";
  private static final String TEST = "test";
  private static final String CLASSES = "classes.txt";

  /** The layouts that are understood. */
  public enum Format {
    /** PASCAL VOC, see {@link VocFolder}. */
    VOC,
    /** COCO, see {@link CocoFolder}. */
    COCO
  }

  /** Parts as their files list them; the names of the classes are COCO's, or empty. */
  private record Parts(
      List<String> classes,
      Optional<List<Annotation>> train,
      Optional<List<Annotation>> val,
      Optional<List<Annotation>> test) {}

  /**
   * Opens a folder.
   *
   * @throws UserError if it has none of the layouts, or something in it is missing or damaged
   */
  public static DetectionData open(Path root) {
    Format format = format(root);
    Parts parts = format == Format.VOC ? voc(new VocFolder(root)) : coco(new CocoFolder(root));
    List<Annotation> training = required(parts.train, root, TRAIN);
    List<Annotation> testing = required(parts.test.or(parts::val), root, TEST + " or " + VAL);
    List<String> classes = classes(root, parts.classes, training);
    BoxDataset train = BoxDataset.of(training, classes);
    BoxDataset test = BoxDataset.of(testing, classes);
    if (parts.test.isPresent() && parts.val.isPresent()) {
      BoxDataset validation = BoxDataset.of(parts.val.get(), classes);
      return new DetectionData(root, format, classes, train, validation, test);
    }
    return heldOut(root, format, classes, train, test);
  }

  private static Format format(Path root) {
    if (new VocFolder(root).isPresent()) {
      return Format.VOC;
    }
    if (new CocoFolder(root).isPresent()) {
      return Format.COCO;
    }
    throw new UserError(
        "no detection data in " + root,
        "Annotations, JPEGImages and ImageSets/Main (PASCAL VOC), or annotations/*train*.json"
            + " (COCO)",
        Files.isDirectory(root) ? "a folder without them" : "no such folder",
        "check --data; samples/detection/bccd of the repository is a small set to try");
  }

  private static Parts voc(VocFolder folder) {
    Optional<List<Annotation>> train = folder.part(TRAIN);
    return train.isPresent()
        ? new Parts(List.of(), train, folder.part(VAL), folder.part(TEST))
        : new Parts(List.of(), folder.part("trainval"), Optional.empty(), folder.part(TEST));
  }

  private static Parts coco(CocoFolder folder) {
    CocoFolder.Part train = folder.part(TRAIN).orElseThrow();
    return new Parts(
        train.classes(),
        Optional.of(train.annotations()),
        folder.part(VAL).map(CocoFolder.Part::annotations),
        folder.part(TEST).map(CocoFolder.Part::annotations));
  }

  private static List<Annotation> required(
      Optional<List<Annotation>> part, Path root, String name) {
    return part.filter(list -> !list.isEmpty())
        .orElseThrow(
            () ->
                new UserError(
                    "no pictures for " + name + " in " + root,
                    "a list of at least one picture",
                    part.isPresent() ? "an empty list" : "no list",
                    "split the data; a part val is optional"));
  }

  private static List<String> classes(Path root, List<String> coco, List<Annotation> training) {
    Path file = root.resolve(CLASSES);
    if (Files.isRegularFile(file)) {
      return lines(file);
    }
    if (!coco.isEmpty()) {
      return coco;
    }
    TreeSet<String> names = new TreeSet<>();
    training.forEach(a -> a.objects().forEach(entry -> names.add(entry.name())));
    if (names.isEmpty()) {
      throw new UserError(
          "no objects to learn in " + root, "some in the training part", "none", "annotate some");
    }
    return List.copyOf(names);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UserError(
          "cannot read " + file, "a class on each line", e.toString(), "check the file", e);
    }
  }

  /** Every tenth picture validates; of fewer the last one, and a single one does both. */
  private static DetectionData heldOut(
      Path root, Format format, List<String> classes, BoxDataset all, BoxDataset test) {
    int size = all.size();
    if (size == 1) {
      return new DetectionData(root, format, classes, all, all, test);
    }
    int step = Math.min(HOLD_OUT, size);
    int[] held = IntStream.range(0, size).filter(i -> i % step == step - 1).toArray();
    int[] kept = IntStream.range(0, size).filter(i -> i % step != step - 1).toArray();
    return new DetectionData(root, format, classes, all.select(kept), all.select(held), test)
        .withTally(all.tally());
  }

  private DetectionData withTally(BoxDataset.Tally tally) {
    return new DetectionData(root, format, classes, train.withTally(tally), validation, test);
  }

  /**
   * A fingerprint of the files for provenance: SHA-256 over names and contents, or names and sizes
   * where there is very much of them.
   */
  @Override
  public String dataHash() {
    TreeSet<Path> files = new TreeSet<>();
    VocFolder voc = new VocFolder(root);
    for (BoxDataset part : List.of(train, validation, test)) {
      for (int i = 0; i < part.size(); i++) {
        files.add(part.picture(i));
        if (format == Format.VOC) {
          files.add(voc.xml(part.name(i)));
        }
      }
    }
    if (format == Format.VOC) {
      files.addAll(voc.lists());
    } else {
      CocoFolder coco = new CocoFolder(root);
      List.of(TRAIN, VAL, TEST).forEach(part -> coco.file(part).ifPresent(files::add));
    }
    if (Files.isRegularFile(root.resolve(CLASSES))) {
      files.add(root.resolve(CLASSES));
    }
    return DataHash.of(root, List.copyOf(files));
  }

  /**
   * What the data holds; reads every picture.
   *
   * @throws UserError if one cannot be read, or has another size than its annotation says
   */
  @Override
  public String summary() {
    return new DataSummary(this).toString();
  }
}
