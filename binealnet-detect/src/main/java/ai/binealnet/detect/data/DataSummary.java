package ai.binealnet.detect.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a detection data set holds, in words. */
final class DataSummary {
  private final DetectionData data;
  private final List<String> lines = new ArrayList<>();

  /** Reads every picture. */
  DataSummary(DetectionData data) {
    this.data = data;
    lines.add(
        "%s, %d classes: %s"
            .formatted(data.format(), data.classes().size(), String.join(", ", data.classes())));
    part("train", data.train());
    part(
        data.validation() == data.train()
            ? "validation (the training picture itself, the only one)"
            : "validation",
        data.validation());
    part("test", data.test());
    BoxDataset.Tally tally =
        data.train().tally().plus(data.validation().tally()).plus(data.test().tally());
    add(tally.withoutArea(), "left out, without area");
    add(tally.outside(), "left out, outside their pictures");
    add(tally.clipped(), "clipped to their pictures");
  }

  private void add(int boxes, String what) {
    if (boxes > 0) {
      lines.add("boxes %s: %d".formatted(what, boxes));
    }
  }

  private void part(String name, BoxDataset part) {
    int[] counts = new int[data.classes().size()];
    int empty = 0;
    Map<String, Integer> sizes = new TreeMap<>();
    for (int i = 0; i < part.size(); i++) {
      DetectionSample sample = part.get(i);
      sample.boxes().forEach(box -> counts[box.label()]++);
      empty += sample.boxes().isEmpty() ? 1 : 0;
      sizes.merge(sample.image().width() + "x" + sample.image().height(), 1, Integer::sum);
    }
    List<String> boxes = new ArrayList<>();
    int total = 0;
    for (int label = 0; label < counts.length; label++) {
      boxes.add(data.classes().get(label) + " " + counts[label]);
      total += counts[label];
    }
    lines.add(
        "%s: %d pictures (%s), %d without objects; %d boxes (%s)"
            .formatted(name, part.size(), listed(sizes), empty, total, String.join(", ", boxes)));
  }

  private static String listed(Map<String, Integer> sizes) {
    String shown =
        sizes.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(3)
            .map(entry -> entry.getValue() + " of " + entry.getKey())
            .collect(Collectors.joining(", "));
    return sizes.size() > 3 ? shown + ", …" : shown;
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
