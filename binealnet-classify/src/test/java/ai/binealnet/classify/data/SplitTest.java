package ai.binealnet.classify.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SplitTest {
  @Test
  void shouldHoldOutTheLastOfEachClass() {
    int[] labels = new int[60];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 3 == 0 ? 0 : 1; // 20 of class 0, 40 of class 1
    }

    Split split = Split.holdOutLast(labels, 2, 2);

    assertThat(split.validation()).containsExactly(54, 57, 58, 59);
    assertThat(split.train()).hasSize(56).doesNotContain(54, 57, 58, 59).isSorted();
  }

  @Test
  void shouldHoldOutAtMostATenthAndNeverAllOfAClass() {
    int[] labels = new int[31]; // 30 of class 0, one of class 1, none of class 2
    labels[7] = 1;

    Split split = Split.holdOutLast(labels, 3, 100);

    assertThat(split.validation()).containsExactly(28, 29, 30);
    assertThat(Split.holdOutLast(labels, 3, 0).validation()).isEmpty();
    assertThat(Split.holdOutLast(new int[] {0, 0}, 1, 100).validation()).containsExactly(1);
  }
}
