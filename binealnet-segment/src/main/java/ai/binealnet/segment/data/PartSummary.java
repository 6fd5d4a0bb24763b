package ai.binealnet.segment.data;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a part of the data holds.
 *
 * @param classes names
 * @param sizes number of pictures by size
 * @param pixels of each class
 * @param all pixels
 */
record PartSummary(List<String> classes, Map<String, Integer> sizes, long[] pixels, long all) {
  static PartSummary of(SegmentDataset part, List<String> classes) {
    long[] pixels = new long[classes.size()];
    long all = 0;
    Map<String, Integer> sizes = new TreeMap<>();
    for (int i = 0; i < part.size(); i++) {
      SegmentSample sample = part.get(i);
      sizes.merge(sample.image().width() + "x" + sample.image().height(), 1, Integer::sum);
      all += sample.labels().labels().length;
      long[] own = sample.labels().pixels(pixels.length);
      for (int c = 0; c < pixels.length; c++) {
        pixels[c] += own[c];
      }
    }
    return new PartSummary(classes, sizes, pixels, all);
  }

  /** One line. */
  String text(String name) {
    int pictures = sizes.values().stream().mapToInt(n -> n).sum();
    long classified = IntStream.range(0, pixels.length).mapToLong(c -> pixels[c]).sum();
    String shares =
        IntStream.range(0, pixels.length)
            .mapToObj(c -> share(classes.get(c), pixels[c]))
            .collect(Collectors.joining(", "));
    return "%s: %d pictures, sizes %s; %s, %s"
        .formatted(name, pictures, sizes, shares, share("void", all - classified));
  }

  private String share(String name, long count) {
    return String.format(Locale.ROOT, "%s %.2f %%", name, 100.0 * count / all);
  }
}
