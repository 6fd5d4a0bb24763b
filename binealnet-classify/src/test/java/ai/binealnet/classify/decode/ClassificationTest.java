package ai.binealnet.classify.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.classify.decode.Classification.Candidate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassificationTest {
  private static final List<String> CLASSES = List.of("cat", "dog", "ship");

  @Test
  void shouldRankClassesByProbability() {
    float[] logits = {9, 9, 9, 1, 3, 2}; // the second row counts

    Classification result = Classification.of(logits, 1, CLASSES, 3);

    double sum = Math.exp(1) + Math.exp(3) + Math.exp(2);
    assertThat(result.candidates())
        .extracting(Candidate::name)
        .containsExactly("dog", "ship", "cat");
    assertThat(result.candidates()).extracting(Candidate::label).containsExactly(1, 2, 0);
    assertThat(result.best().probability()).isCloseTo(Math.exp(3) / sum, within(1e-12));
    assertThat(result.candidates().stream().mapToDouble(Candidate::probability).sum())
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void shouldGiveAsManyCandidatesAsAskedForButNoMoreThanClasses() {
    float[] logits = {1, 3, 2};

    assertThat(Classification.of(logits, 0, CLASSES, 2).candidates()).hasSize(2);
    assertThat(Classification.of(logits, 0, CLASSES, 5).candidates()).hasSize(3);
    assertThat(Classification.of(logits, 0, CLASSES, 1).best().name()).isEqualTo("dog");
  }

  @Test
  void shouldPreferTheFirstOfEqualClasses() {
    assertThat(Classification.of(new float[] {2, 5, 5}, 0, CLASSES, 3).candidates())
        .extracting(Candidate::label)
        .containsExactly(1, 2, 0);
  }

  @Test
  void shouldBearLargeLogits() {
    Classification result = Classification.of(new float[] {-3e38f, 3e38f, 0}, 0, CLASSES, 3);

    assertThat(result.best().name()).isEqualTo("dog");
    assertThat(result.best().probability()).isEqualTo(1);
    assertThat(result.candidates().get(2).probability()).isZero();
  }
}
