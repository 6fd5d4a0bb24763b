package ai.binealnet.segment.data;

import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Folders;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.segment.decode.LabelMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Pictures {@code <split>/<name>.*} with labels {@code <split>annot/<name>.png}, sorted by name and
 * read whenever they are asked for.
 */
public final class SegmentDataset implements Dataset<SegmentSample> {
  private static final String LABEL_SUFFIX = "annot";

  private final ClassTable table;
  private final List<Pair> pairs;

  private record Pair(String name, Path image, Path labels) {}

  private SegmentDataset(ClassTable table, List<Pair> pairs) {
    this.table = table;
    this.pairs = List.copyOf(pairs);
  }

  /** Whether a data folder has a split. */
  static boolean exists(Path root, String split) {
    return Files.isDirectory(root.resolve(split));
  }

  /**
   * Lists a split.
   *
   * @throws UserError if there is no picture, or a picture or label without its other half
   */
  static SegmentDataset open(Path root, String split, ClassTable table) {
    Path images = root.resolve(split);
    Path labels = root.resolve(split + LABEL_SUFFIX);
    if (!Files.isDirectory(labels)) {
      throw new UserError(
          "no labels for " + images,
          "a folder " + labels + " with a PNG for each picture",
          "no such folder",
          "put the labels there");
    }
    List<Pair> pairs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Path image : Folders.list(images)) {
      Pair pair = new Pair(name(image), image, labels.resolve(name(image) + ".png"));
      requireBoth(pair, names.add(pair.name));
      pairs.add(pair);
    }
    if (pairs.isEmpty()) {
      throw new UserError(
          "no picture in " + images, "at least one", "an empty folder", "put the pictures there");
    }
    requirePictures(labels, names);
    return new SegmentDataset(table, pairs);
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot < 1 ? name : name.substring(0, dot);
  }

  private static void requireBoth(Pair pair, boolean isFirst) {
    if (!ImageFiles.isPicture(pair.image)) {
      throw new UserError(
          "not a picture: " + pair.image,
          "only pictures: " + ImageFiles.EXTENSIONS.stream().sorted().toList(),
          Files.isDirectory(pair.image) ? "a folder" : "a file with another extension",
          "remove it");
    }
    if (!isFirst) {
      throw new UserError(
          "two pictures of one name: " + pair.image,
          "every name once",
          "two",
          "remove one of them");
    }
    if (!Files.isRegularFile(pair.labels)) {
      throw new UserError(
          "picture " + pair.image + " has no labels",
          pair.labels.toString(),
          "no such file",
          "add the labels or remove the picture");
    }
  }

  private static void requirePictures(Path labels, Set<String> names) {
    for (Path label : Folders.list(labels)) {
      if (!names.contains(name(label))) {
        throw new UserError(
            "label " + label + " has no picture",
            "a picture named " + name(label),
            "none",
            "add the picture or remove the label");
      }
    }
  }

  @Override
  public int size() {
    return pairs.size();
  }

  @Override
  public SegmentSample get(int index) {
    Pair pair = pairs.get(index);
    Image image = ImageFiles.read(pair.image);
    LabelMap labels = labels(index);
    if (image.height() != labels.height() || image.width() != labels.width()) {
      throw new UserError(
          "labels %s do not fit their picture %s".formatted(pair.labels, pair.image),
          "%d x %d pixels, as the picture has".formatted(image.width(), image.height()),
          "%d x %d".formatted(labels.width(), labels.height()),
          "make them equal; the EXIF rotation of a photo counts for the picture");
    }
    return new SegmentSample(pair.name, image, labels);
  }

  private LabelMap labels(int index) {
    return LabelFiles.read(pairs.get(index).labels, table);
  }

  /** How many pixels of each class each picture has, {@code [size][classes]}; reads all labels. */
  public long[][] pixels() {
    long[][] pixels = new long[size()][];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = labels(i).pixels(table.names().size());
    }
    return pixels;
  }

  /** The files of all samples. */
  Stream<Path> files() {
    return pairs.stream().flatMap(pair -> Stream.of(pair.image, pair.labels));
  }

  /** The samples {@code from} to {@code to - 1}. */
  SegmentDataset part(int from, int to) {
    return new SegmentDataset(table, pairs.subList(from, to));
  }
}
