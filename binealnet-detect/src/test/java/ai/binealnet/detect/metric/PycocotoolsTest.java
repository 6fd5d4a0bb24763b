package ai.binealnet.detect.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.detect.data.LabeledBox;
import ai.binealnet.detect.decode.Box;
import ai.binealnet.detect.decode.Detection;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Figures against those of pycocotools; make_fixture.py beside the files made them. */
class PycocotoolsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Category ids in the order of their labels. */
  private static final List<Integer> IDS = List.of(3, 4, 7, 9);

  private record Picture(List<LabeledBox> objects, List<Detection> detections) {}

  private static JsonNode read(String name) throws IOException {
    try (InputStream in = PycocotoolsTest.class.getResourceAsStream(name)) {
      return JSON.readTree(in);
    }
  }

  private static Box box(JsonNode node) {
    JsonNode b = node.get("bbox");
    double x = b.get(0).asDouble();
    double y = b.get(1).asDouble();
    return new Box(x, y, x + b.get(2).asDouble(), y + b.get(3).asDouble());
  }

  private static int label(JsonNode node) {
    return IDS.indexOf(node.get("category_id").asInt());
  }

  private static DetectionResults results(String scene) throws IOException {
    JsonNode truth = read(scene + "-truth.json");
    TreeMap<Integer, Picture> pictures = new TreeMap<>();
    truth
        .get("images")
        .forEach(
            image ->
                pictures.put(
                    image.get("id").asInt(), new Picture(new ArrayList<>(), new ArrayList<>())));
    for (JsonNode a : truth.get("annotations")) {
      boolean crowd = a.get("iscrowd").asInt() == 1;
      pictures
          .get(a.get("image_id").asInt())
          .objects
          .add(new LabeledBox(box(a), label(a), false, crowd));
    }
    for (JsonNode d : read(scene + "-detections.json")) {
      pictures
          .get(d.get("image_id").asInt())
          .detections
          .add(new Detection(box(d), label(d), d.get("score").asDouble()));
    }
    DetectionResults results = new DetectionResults(IDS.size());
    pictures.values().forEach(picture -> results.add(picture.objects, picture.detections));
    return results;
  }

  @Test
  void shouldAgreeOnCrowdsTiesEmptyPicturesAndTooManyDetections() throws IOException {
    DetectionResults results = results("mixed");
    JsonNode expected = read("expected.json").get("mixed");

    assertThat(results.cocoMeanAveragePrecision())
        .isCloseTo(expected.get("mAP").asDouble(), within(1e-9));
    for (int label = 0; label < IDS.size(); label++) {
      String id = IDS.get(label).toString();
      double ap = expected.get("AP").get(id).asDouble();
      double ap50 = expected.get("AP50").get(id).asDouble();
      assertThat(results.cocoAveragePrecision(label).orElse(-1))
          .as("AP of category %s", id)
          .isCloseTo(ap, within(1e-9));
      assertThat(results.cocoAveragePrecision(label, 0.5).orElse(-1))
          .as("AP50 of category %s", id)
          .isCloseTo(ap50, within(1e-9));
    }
  }

  @Test
  void shouldAgreeOnAllPointsOfPascalVoc() throws IOException {
    DetectionResults results = results("apart");
    JsonNode expected = read("expected.json").get("apart");

    assertThat(results.vocMeanAveragePrecision())
        .isCloseTo(expected.get("mAP50").asDouble(), within(1e-9));
    for (int id : List.of(3, 4, 7)) {
      assertThat(results.vocAveragePrecision(IDS.indexOf(id)).orElseThrow())
          .as("AP50 of category %s", id)
          .isCloseTo(expected.get("AP50").get(Integer.toString(id)).asDouble(), within(1e-9));
    }
    assertThat(results.vocAveragePrecision(IDS.indexOf(9))).isEmpty();
  }
}
