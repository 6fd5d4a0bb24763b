package ai.binealnet.match.metric;

import ai.binealnet.core.data.Image;
import ai.binealnet.match.data.Sequence;
import ai.binealnet.match.decode.ExtractionConfig;
import ai.binealnet.match.decode.FeatureExtractor;
import ai.binealnet.match.decode.FeatureMaps;
import ai.binealnet.match.decode.Features;
import ai.binealnet.match.decode.Matches;
import ai.binealnet.match.decode.TurnSearch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Runs methods over sequences: the first picture of each is matched with all the others. */
public final class MatchEvaluator {
  /** Name of the network's descriptors in tables. */
  public static final String REAL = "network";

  /** Name of their signs in tables. */
  public static final String BINARY = "binary";

  /** So many pairs are kept to draw. */
  private static final int MOST_EXAMPLES = 6;

  private final Function<Image, Map<String, Features>> first;
  private final BiFunction<Image, Image, Map<String, Features>> second;
  private final Map<String, Map<String, PairScore>> scores = new LinkedHashMap<>();
  private final List<MatchEvaluation.Example> examples = new ArrayList<>();

  private MatchEvaluator(
      Function<Image, Map<String, Features>> first,
      BiFunction<Image, Image, Map<String, Features>> second) {
    this.first = first;
    this.second = second;
  }

  /**
   * Judges a network's real and binary descriptors.
   *
   * @param sequences at least one
   * @param network from a picture of any size to its outputs
   * @param extraction how key points are taken
   * @param compared whether OpenCV's features, as many, are judged too
   */
  public static MatchEvaluation evaluate(
      List<Sequence> sequences,
      Function<Image, FeatureMaps> network,
      ExtractionConfig extraction,
      boolean compared) {
    FeatureExtractor extractor = new FeatureExtractor(extraction);
    TurnSearch search = new TurnSearch(extraction, network);
    BiFunction<Image, Double, Map<String, Features>> all =
        (picture, angle) -> {
          Features features = extractor.extract(picture, angle, network);
          Map<String, Features> methods = new LinkedHashMap<>();
          methods.put(REAL, features);
          methods.put(BINARY, features.binary());
          if (compared) {
            methods.putAll(OpenCvFeatures.all(picture, extraction.keyPoints()));
          }
          return methods;
        };
    return evaluate(
        sequences,
        picture -> all.apply(picture, 0.0),
        (picture, other) -> all.apply(other, search.angle(picture, other)));
  }

  /**
   * Judges OpenCV's features.
   *
   * @param keyPoints of a picture, at most
   */
  public static MatchEvaluation baselines(List<Sequence> sequences, int keyPoints) {
    return evaluate(sequences, picture -> OpenCvFeatures.all(picture, keyPoints));
  }

  /**
   * Judges methods.
   *
   * @param sequences at least one
   * @param methods features of a picture by each method's name; always the same names, the judged
   *     method first
   */
  public static MatchEvaluation evaluate(
      List<Sequence> sequences, Function<Image, Map<String, Features>> methods) {
    return evaluate(sequences, methods, (first, second) -> methods.apply(second));
  }

  private static MatchEvaluation evaluate(
      List<Sequence> sequences,
      Function<Image, Map<String, Features>> first,
      BiFunction<Image, Image, Map<String, Features>> second) {
    MatchEvaluator evaluator = new MatchEvaluator(first, second);
    sequences.forEach(evaluator::add);
    List<MethodScores> all = new ArrayList<>();
    evaluator.scores.forEach((name, pairs) -> all.add(new MethodScores(name, pairs)));
    return new MatchEvaluation(all, evaluator.examples);
  }

  private void add(Sequence sequence) {
    Image one = sequence.pictures().get(0).get();
    Map<String, Features> ofOne = first.apply(one);
    for (int i = 1; i < sequence.pictures().size(); i++) {
      Image other = sequence.pictures().get(i).get();
      Map<String, Features> ofOther = second.apply(one, other);
      String pair = sequence.name() + "-" + (i + 1);
      for (Map.Entry<String, Features> method : ofOne.entrySet()) {
        Matches matches = Matches.of(method.getValue(), ofOther.get(method.getKey()));
        Map<String, PairScore> own =
            scores.computeIfAbsent(method.getKey(), name -> new LinkedHashMap<>());
        own.put(pair, PairScore.of(matches, sequence.maps().get(i - 1), one, other));
        boolean judged = method.getKey().equals(scores.keySet().iterator().next());
        if (judged && isExample(i, sequence)) {
          examples.add(
              new MatchEvaluation.Example(pair, one, other, matches, sequence.maps().get(i - 1)));
        }
      }
    }
  }

  /** One pair of each sequence, of middling difficulty. */
  private boolean isExample(int picture, Sequence sequence) {
    return examples.size() < MOST_EXAMPLES && picture == (sequence.pictures().size() + 1) / 3;
  }
}
