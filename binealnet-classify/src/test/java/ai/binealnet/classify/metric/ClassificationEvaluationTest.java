package ai.binealnet.classify.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassificationEvaluationTest {
  @Test
  void shouldGatherBatches() {
    ClassificationEvaluation evaluation =
        new ClassificationEvaluation(List.of("a", "b", "c", "d", "e", "f"));
    // right; in second place; in last place
    evaluation.add(new float[] {9, 1, 2, 3, 4, 5, 9, 8, 1, 2, 3, 4}, new int[] {0, 1}, 2);
    evaluation.add(
        new float[] {9, 8, 7, 6, 5, 4, 7, 7, 7, 7, 7, 7},
        new int[] {5, 0},
        1); // the last row is not part

    assertThat(evaluation.images()).isEqualTo(3);
    assertThat(evaluation.metrics()).containsEntry("top1", 1 / 3.0).containsEntry("top5", 2 / 3.0);
    assertThat(evaluation.confusion().count(1, 0)).isEqualTo(1);
    assertThat(evaluation.confusion().count(0, 0)).isEqualTo(1);
    assertThat(evaluation.confusion().count(5, 0)).isEqualTo(1);
  }
}
