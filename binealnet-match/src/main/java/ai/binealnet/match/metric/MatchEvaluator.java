package ai.binealnet.match.metric;

import ai.binealnet.core.data.Image;
import ai.binealnet.match.data.Sequence;
import ai.binealnet.match.decode.FeatureMatcher;
import ai.binealnet.match.decode.FeaturePair;
import ai.binealnet.match.decode.Matches;
import ai.binealnet.match.geometry.Homography;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Runs methods over sequences: the first picture of each is matched with all the others. */
public final class MatchEvaluator {
  /** Name of the network's descriptors in tables. */
  public static final String REAL = "network";

  /** Name of their signs in tables. */
  public static final String BINARY = "binary";

  /** So many pairs are kept to draw. */
  private static final int MOST_EXAMPLES = 6;

  private final BiFunction<Image, Image, Map<String, Matches>> methods;
  private final Map<String, Map<String, PairScore>> scores = new LinkedHashMap<>();
  private final List<MatchEvaluation.Example> examples = new ArrayList<>();

  private MatchEvaluator(BiFunction<Image, Image, Map<String, Matches>> methods) {
    this.methods = methods;
  }

  /**
   * Judges a network's real and binary descriptors.
   *
   * @param sequences at least one
   * @param matcher the network, and how key points are taken
   * @param compared whether OpenCV's features, as many, are judged too
   */
  public static MatchEvaluation evaluate(
      List<Sequence> sequences, FeatureMatcher matcher, boolean compared) {
    return evaluate(
        sequences,
        (first, second) -> {
          FeaturePair features = matcher.features(first, second);
          Map<String, Matches> methods = new LinkedHashMap<>();
          methods.put(REAL, features.match());
          methods.put(BINARY, features.binary().match());
          if (compared) {
            methods.putAll(OpenCvFeatures.matches(first, second, matcher.extraction().keyPoints()));
          }
          return methods;
        });
  }

  /**
   * Judges OpenCV's features.
   *
   * @param keyPoints of a picture, at most
   */
  public static MatchEvaluation baselines(List<Sequence> sequences, int keyPoints) {
    return evaluate(sequences, (first, second) -> OpenCvFeatures.matches(first, second, keyPoints));
  }

  /**
   * Judges methods.
   *
   * @param sequences at least one
   * @param methods a pair matched by each method, by its name; always the same names, the judged
   *     method first
   */
  public static MatchEvaluation evaluate(
      List<Sequence> sequences, BiFunction<Image, Image, Map<String, Matches>> methods) {
    MatchEvaluator evaluator = new MatchEvaluator(methods);
    sequences.forEach(evaluator::add);
    List<MethodScores> all = new ArrayList<>();
    evaluator.scores.forEach((name, pairs) -> all.add(new MethodScores(name, pairs)));
    return new MatchEvaluation(all, evaluator.examples);
  }

  private void add(Sequence sequence) {
    Image first = sequence.pictures().get(0).get();
    for (int i = 1; i < sequence.pictures().size(); i++) {
      Image other = sequence.pictures().get(i).get();
      Homography truth = sequence.maps().get(i - 1);
      String pair = sequence.name() + "-" + (i + 1);
      Map<String, Matches> matched = methods.apply(first, other);
      matched.forEach(
          (method, matches) ->
              scores
                  .computeIfAbsent(method, name -> new LinkedHashMap<>())
                  .put(pair, PairScore.of(matches, truth, first, other)));
      if (isExample(i, sequence)) {
        Matches judged = matched.get(scores.keySet().iterator().next());
        examples.add(new MatchEvaluation.Example(pair, first, other, judged, truth));
      }
    }
  }

  /** One pair of each sequence, of middling difficulty. */
  private boolean isExample(int picture, Sequence sequence) {
    return examples.size() < MOST_EXAMPLES && picture == (sequence.pictures().size() + 1) / 3;
  }
}
