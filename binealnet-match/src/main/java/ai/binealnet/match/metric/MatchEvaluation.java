package ai.binealnet.match.metric;

import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.report.LineCharts;
import ai.binealnet.core.task.Evaluation;
import ai.binealnet.match.decode.MatchDrawing;
import ai.binealnet.match.decode.Matches;
import ai.binealnet.match.geometry.Homography;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How well methods match pictures.
 *
 * @param methods the first one is what is judged, the others are there to compare with; all on the
 *     same pairs
 * @param examples pairs to draw, matched by the first method
 */
public record MatchEvaluation(List<MethodScores> methods, List<Example> examples)
    implements Evaluation {
  /** A match that lies within so many pixels of the truth is drawn as right. */
  private static final double RIGHT = 3;

  /** Longer tables nobody reads; {@code pairs.csv} has them all. */
  private static final int MOST_SEQUENCES = 20;

  /**
   * A pair to draw.
   *
   * @param name of the pair
   * @param truth from the first to the second picture
   */
  public record Example(
      String name, Image first, Image second, Matches matches, Homography truth) {}

  /** Copies the lists. */
  public MatchEvaluation {
    methods = List.copyOf(methods);
    examples = List.copyOf(examples);
  }

  /** Number of pairs. */
  @Override
  public long images() {
    return methods.get(0).pairs().size();
  }

  /** Those of the first method by their plain names, the others' with {@code _method} behind. */
  @Override
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>(methods.get(0).metrics());
    for (MethodScores other : methods.subList(1, methods.size())) {
      other.metrics().forEach((name, value) -> metrics.put(name + "_" + other.name(), value));
    }
    return metrics;
  }

  /** Curves of the accuracy, a table of all pairs, and the examples. */
  @Override
  public void draw(Path folder) {
    double[] pixels = new double[PairScore.THRESHOLDS];
    Map<String, double[]> lines = new LinkedHashMap<>();
    for (MethodScores method : methods) {
      double[] line = new double[pixels.length];
      for (int t = 1; t <= line.length; t++) {
        pixels[t - 1] = t;
        line[t - 1] = method.meanMatchingAccuracy(t);
      }
      lines.put(method.name(), line);
    }
    String title = "Matches within a distance of the truth, " + images() + " pairs";
    LineCharts.write(
        List.of(new LineCharts.Panel(title, "pixels", "part of the matches", pixels, lines)),
        folder.resolve("mma.png"));
    AtomicFiles.write(folder.resolve("pairs.csv"), csv().getBytes(StandardCharsets.UTF_8));
    examples.forEach(example -> draw(example, folder));
  }

  private static void draw(Example example, Path folder) {
    Matches matches = example.matches();
    Image lines =
        MatchDrawing.lines(
            example.first(),
            example.second(),
            matches,
            i -> {
              var pair = matches.pairs().get(i);
              return example.truth().apply(matches.from(pair)).distance(matches.to(pair)) <= RIGHT;
            });
    ImageFiles.writePng(lines, folder.resolve("matches-" + example.name() + ".png"));
    matches
        .homography()
        .map(found -> MatchDrawing.overlay(example.first(), example.second(), found))
        .ifPresent(
            image ->
                ImageFiles.writePng(image, folder.resolve("overlay-" + example.name() + ".png")));
  }

  private String csv() {
    StringBuilder text =
        new StringBuilder("method,pair,mma1,mma3,mma5,corner_error,repeatability,matches\n");
    for (MethodScores method : methods) {
      method
          .pairs()
          .forEach(
              (pair, score) ->
                  text.append(
                      String.format(
                          Locale.ROOT,
                          "%s,%s,%.4f,%.4f,%.4f,%.3f,%.4f,%d%n",
                          method.name(),
                          pair,
                          score.accuracy()[0],
                          score.accuracy()[2],
                          score.accuracy()[4],
                          score.cornerError(),
                          score.repeatability(),
                          score.matches())));
    }
    return text.toString();
  }

  /** A row for each method, and the accuracy within 3 pixels for each sequence. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    String row = "%-10s %6s %6s %6s %6s %6s %6s %6s %8s %8s%n";
    text.append(
        row.formatted(
            "method", "mma@1", "mma@3", "mma@5", "mma@10", "hom@1", "hom@3", "hom@5", "repeat",
            "matches"));
    for (MethodScores m : methods) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-10s %6.3f %6.3f %6.3f %6.3f %6.3f %6.3f %6.3f %8.3f %8.0f%n",
              m.name(),
              m.meanMatchingAccuracy(1),
              m.meanMatchingAccuracy(3),
              m.meanMatchingAccuracy(5),
              m.meanMatchingAccuracy(10),
              m.homographyAccuracy(1),
              m.homographyAccuracy(3),
              m.homographyAccuracy(5),
              m.repeatability(),
              m.matches()));
    }
    return text.append(bySequence()).toString().stripTrailing();
  }

  private String bySequence() {
    List<String> sequences =
        methods.get(0).pairs().keySet().stream()
            .map(pair -> pair.substring(0, pair.lastIndexOf('-')))
            .distinct()
            .toList();
    if (sequences.size() > MOST_SEQUENCES) {
      return "";
    }
    StringBuilder text = new StringBuilder("mma@3 by sequence\n");
    for (String sequence : sequences) {
      String values =
          methods.stream()
              .map(method -> method.of(sequence + "-"))
              .map(m -> String.format(Locale.ROOT, "%s %.3f", m.name(), m.meanMatchingAccuracy(3)))
              .collect(Collectors.joining("  "));
      text.append(String.format("%-10s %s%n", sequence, values));
    }
    return text.toString();
  }
}
