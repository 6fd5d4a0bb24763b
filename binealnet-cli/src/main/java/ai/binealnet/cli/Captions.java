package ai.binealnet.cli;

import ai.binealnet.classify.decode.Classification;
import ai.binealnet.classify.decode.Classification.Candidate;
import java.util.stream.Collectors;

/** Results in a few words. */
final class Captions {
  private static final double PERCENT = 100;

  private Captions() {}

  static String of(Candidate candidate) {
    return "%s %.0f%%".formatted(candidate.name(), PERCENT * candidate.probability());
  }

  static String of(Classification result) {
    return result.candidates().stream().map(Captions::of).collect(Collectors.joining(", "));
  }
}
