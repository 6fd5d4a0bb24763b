package ai.binealnet.detect.decode;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A detection in the result format of COCO.
 *
 * @param imageId the picture: its number in a COCO data set, else its name
 * @param categoryId the label + 1, or the id that the data set gives the class
 * @param category name of the class, which COCO's tools ignore
 * @param bbox left, top, width, height in pixels from 0, rounded to hundredths
 * @param score in [0, 1]
 */
public record CocoResult(
    @JsonProperty("image_id") Object imageId,
    @JsonProperty("category_id") int categoryId,
    @JsonProperty("category") String category,
    @JsonProperty("bbox") List<Double> bbox,
    @JsonProperty("score") double score) {
  private static final double HUNDREDTHS = 100;

  /** The detections of a picture, with category ids from 1. */
  public static List<CocoResult> of(
      Object image, List<Detection> detections, List<String> classes) {
    return detections.stream()
        .map(
            found ->
                new CocoResult(
                    image,
                    found.label() + 1,
                    classes.get(found.label()),
                    bbox(found.box()),
                    found.score()))
        .toList();
  }

  private static List<Double> bbox(Box box) {
    double left = rounded(box.x1());
    double top = rounded(box.y1());
    return List.of(left, top, rounded(box.x2() - left), rounded(box.y2() - top));
  }

  private static double rounded(double value) {
    return Math.round(value * HUNDREDTHS) / HUNDREDTHS;
  }
}
