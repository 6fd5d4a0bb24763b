package ai.binealnet.classify.decode;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a picture shows.
 *
 * @param candidates the most probable classes, best first
 */
public record Classification(List<Candidate> candidates) {
  /**
   * A class and its probability.
   *
   * @param label index of the class
   * @param name its name
   * @param probability softmax of the logits, in [0, 1]
   */
  public record Candidate(int label, String name, double probability) {}

  /**
   * Decodes one row of logits.
   *
   * @param logits [rows, classes]
   * @param row which row
   * @param classes names in the order of the labels
   * @param count how many candidates at most
   */
  public static Classification of(float[] logits, int row, List<String> classes, int count) {
    int from = row * classes.size();
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes.size(); k++) {
      max = Math.max(max, logits[from + k]);
    }
    double sum = 0;
    for (int k = 0; k < classes.size(); k++) {
      sum += Math.exp(logits[from + k] - max);
    }
    double highest = max;
    double total = sum;
    return new Classification(
        IntStream.range(0, classes.size())
            .mapToObj(
                k -> new Candidate(k, classes.get(k), Math.exp(logits[from + k] - highest) / total))
            .sorted(Comparator.comparingDouble(Candidate::probability).reversed())
            .limit(count)
            .toList());
  }

  /** The most probable class. */
  public Candidate best() {
    return candidates.get(0);
  }
}
