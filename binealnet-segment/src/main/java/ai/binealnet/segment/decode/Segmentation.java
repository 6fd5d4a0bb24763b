package ai.binealnet.segment.decode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a picture shows, and where.
 *
 * @param labels the class of every pixel of the picture
 * @param classes names in the order of the labels
 */
public record Segmentation(LabelMap labels, List<String> classes) {
  /**
   * How much of the picture a class takes.
   *
   * @param label its number: the value in a label PNG
   * @param name its name
   * @param pixels how many
   * @param share of all pixels, in [0, 1]
   */
  public record Part(int label, String name, long pixels, double share) {}

  /**
   * What goes into a JSON file.
   *
   * @param height rows of the picture
   * @param width columns of the picture
   * @param classes the classes that occur, the largest first
   */
  public record Summary(int height, int width, List<Part> classes) {}

  /** Copies the classes. */
  public Segmentation {
    classes = List.copyOf(classes);
  }

  /** The classes that occur, the largest first. */
  public List<Part> parts() {
    long[] pixels = labels.pixels(classes.size());
    double all = labels.labels().length;
    List<Part> parts = new ArrayList<>();
    for (int c = 0; c < pixels.length; c++) {
      if (pixels[c] > 0) {
        parts.add(new Part(c, classes.get(c), pixels[c], pixels[c] / all));
      }
    }
    parts.sort(Comparator.comparingLong(Part::pixels).reversed());
    return parts;
  }

  /** The figures without the map. */
  public Summary summary() {
    return new Summary(labels.height(), labels.width(), parts());
  }
}
