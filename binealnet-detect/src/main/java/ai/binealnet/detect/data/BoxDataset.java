package ai.binealnet.detect.data;

import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.detect.decode.Box;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures with boxes; a picture is decoded, in its own size, whenever it is asked for. Boxes that
 * leave the picture are clipped to it.
 */
public final class BoxDataset implements Dataset<DetectionSample> {
  private record Item(String name, Path picture, int height, int width, List<LabeledBox> boxes) {}

  private final List<Item> items;
  private final Tally tally;

  /**
   * How many boxes were not as they should be.
   *
   * @param withoutArea left out: their edges enclose nothing
   * @param outside left out: no part is inside the picture
   * @param clipped partly outside the picture
   */
  public record Tally(int withoutArea, int outside, int clipped) {
    Tally plus(Tally other) {
      return new Tally(
          withoutArea + other.withoutArea, outside + other.outside, clipped + other.clipped);
    }
  }

  private BoxDataset(List<Item> items, Tally tally) {
    this.items = List.copyOf(items);
    this.tally = tally;
  }

  /**
   * Takes annotations over.
   *
   * @param classes names in the order of the labels
   * @throws UserError if an object is of none of them
   */
  static BoxDataset of(List<Annotation> annotations, List<String> classes) {
    List<Item> items = new ArrayList<>();
    Tally tally = new Tally(0, 0, 0);
    for (Annotation annotation : annotations) {
      List<LabeledBox> boxes = new ArrayList<>();
      for (Annotation.Entry entry : annotation.objects()) {
        int label = label(entry, classes, annotation);
        tally = tally.plus(add(entry, label, annotation, boxes));
      }
      items.add(
          new Item(
              annotation.name(),
              annotation.picture(),
              annotation.height(),
              annotation.width(),
              List.copyOf(boxes)));
    }
    return new BoxDataset(items, tally);
  }

  private static int label(Annotation.Entry entry, List<String> classes, Annotation annotation) {
    int label = classes.indexOf(entry.name());
    if (label < 0) {
      throw new UserError(
          "unknown class in the annotation of " + annotation.picture(),
          "one of " + classes,
          entry.name(),
          "correct the name, or list all classes in classes.txt in the data folder");
    }
    return label;
  }

  /** Adds a box if it has some area in its picture, and tells what was wrong with it. */
  private static Tally add(
      Annotation.Entry entry, int label, Annotation annotation, List<LabeledBox> boxes) {
    if (!entry.hasArea()) {
      return new Tally(1, 0, 0);
    }
    LabeledBox box = new LabeledBox(entry.box(), label, entry.difficult(), entry.crowd());
    if (annotation.height() < 1 || annotation.width() < 1) {
      boxes.add(box); // the file does not say, so it is clipped when the picture is read
      return new Tally(0, 0, 0);
    }
    Box clipped = box.box().clip(annotation.height(), annotation.width());
    if (clipped.area() == 0) {
      return new Tally(0, 1, 0);
    }
    boxes.add(box.at(clipped));
    return new Tally(0, 0, clipped.equals(box.box()) ? 0 : 1);
  }

  /** A part of this dataset, in the order given. */
  BoxDataset select(int... indices) {
    List<Item> part = new ArrayList<>();
    for (int index : indices) {
      part.add(items.get(index));
    }
    return new BoxDataset(part, new Tally(0, 0, 0));
  }

  /** The same boxes with another tally. */
  BoxDataset withTally(Tally other) {
    return new BoxDataset(items, other);
  }

  @Override
  public int size() {
    return items.size();
  }

  /** The file of a picture. */
  public Path picture(int index) {
    return items.get(index).picture;
  }

  /** The name of a picture. */
  public String name(int index) {
    return items.get(index).name;
  }

  /** The boxes of a picture as its annotation has them. */
  public List<LabeledBox> boxes(int index) {
    return items.get(index).boxes;
  }

  /** What was wrong with the boxes. */
  public Tally tally() {
    return tally;
  }

  @Override
  public DetectionSample get(int index) {
    Item item = items.get(index);
    Image image = ImageFiles.read(item.picture);
    if (item.height > 0 && item.width > 0) {
      if (image.height() != item.height || image.width() != item.width) {
        throw new UserError(
            "the annotation of " + item.picture + " belongs to a picture of another size",
            "%d rows x %d columns".formatted(item.height, item.width),
            "%d rows x %d columns".formatted(image.height(), image.width()),
            "restore the picture (EXIF rotation is applied when it is read), or annotate it again");
      }
      return new DetectionSample(item.name, image, item.boxes);
    }
    List<LabeledBox> boxes =
        item.boxes.stream()
            .map(box -> box.at(box.box().clip(image.height(), image.width())))
            .filter(box -> box.box().area() > 0)
            .toList();
    return new DetectionSample(item.name, image, boxes);
  }
}
