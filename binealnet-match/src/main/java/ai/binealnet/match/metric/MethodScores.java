package ai.binealnet.match.metric;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How well one method did on all pairs; every pair counts the same.
 *
 * @param name of the method
 * @param pairs scores by the name of the pair, in order
 */
public record MethodScores(String name, Map<String, PairScore> pairs) {
  /** Thresholds of {@link #homographyAccuracy} that are reported, in pixels. */
  private static final List<Integer> CORNER_ERRORS = List.of(1, 3, 5);

  /** Copies the map. */
  public MethodScores {
    pairs = new LinkedHashMap<>(pairs);
  }

  @Override
  public Map<String, PairScore> pairs() {
    return new LinkedHashMap<>(pairs);
  }

  /** Mean matching accuracy within {@code pixels}, 1 … 10. */
  public double meanMatchingAccuracy(int pixels) {
    return mean(score -> score.accuracy()[pixels - 1]);
  }

  /** Part of the pairs whose homography is right within {@code pixels}. */
  public double homographyAccuracy(double pixels) {
    return mean(score -> score.cornerError() <= pixels ? 1 : 0);
  }

  /** Mean repeatability within 3 pixels. */
  public double repeatability() {
    return mean(PairScore::repeatability);
  }

  /** Mean number of matches. */
  public double matches() {
    return mean(PairScore::matches);
  }

  /** Mean number of key points. */
  public double keyPoints() {
    return mean(PairScore::keyPoints);
  }

  /** All figures by their names: {@code mma1} …, {@code homography1} …, {@code repeatability}. */
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (int t = 1; t <= PairScore.THRESHOLDS; t++) {
      metrics.put("mma" + t, meanMatchingAccuracy(t));
    }
    for (int t : CORNER_ERRORS) {
      metrics.put("homography" + t, homographyAccuracy(t));
    }
    metrics.put("repeatability", repeatability());
    metrics.put("matches", matches());
    metrics.put("key_points", keyPoints());
    return metrics;
  }

  /** The scores of the pairs whose names start so. */
  MethodScores of(String prefix) {
    Map<String, PairScore> part = new LinkedHashMap<>(pairs);
    part.keySet().removeIf(pair -> !pair.startsWith(prefix));
    return new MethodScores(name, part);
  }

  private double mean(ToDoubleFunction<PairScore> value) {
    return pairs.values().stream().mapToDouble(value).average().orElse(0);
  }
}
