package ai.binealnet.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  private static ConfusionMatrix example() {
    ConfusionMatrix matrix = new ConfusionMatrix(List.of("cat", "dog, \"big\"", "cow"));
    matrix.add(0, 0);
    matrix.add(0, 0);
    matrix.add(0, 1);
    matrix.add(1, 1);
    return matrix;
  }

  @Test
  void shouldCountByHand() {
    ConfusionMatrix matrix = example();

    assertThat(matrix.count(0, 1)).isEqualTo(1);
    assertThat(matrix.labelled(0)).isEqualTo(3);
    assertThat(matrix.predicted(1)).isEqualTo(2);
    assertThat(matrix.accuracy()).isEqualTo(0.75);
    assertThat(matrix.recall(0)).isEqualTo(2 / 3.0);
    assertThat(matrix.precision(1)).isEqualTo(0.5);
    assertThat(matrix.recall(2)).isNaN();
    assertThat(matrix.precision(2)).isNaN();
  }

  @Test
  void shouldWriteCsv() {
    assertThat(example().toCsv())
        .isEqualTo(
            "true\\predicted,cat,\"dog, \"\"big\"\"\",cow\n"
                + "cat,2,1,0\n"
                + "\"dog, \"\"big\"\"\",0,1,0\n"
                + "cow,0,0,0\n");
  }

  @Test
  void shouldAlignTheTable() {
    String[] lines = example().toString().split("\n");

    assertThat(lines).hasSize(5);
    assertThat(lines[0]).startsWith("true\\predicted").endsWith("   recall   precision");
    assertThat(lines[1]).startsWith("cat ").endsWith("   0.6667      1.0000");
    assertThat(lines[3]).startsWith("cow ").endsWith("        -           -");
    assertThat(List.of(lines).subList(0, 4)).allMatch(line -> line.length() == lines[0].length());
    assertThat(lines[4]).isEqualTo("accuracy 0.7500");
  }

  @Test
  void shouldRefuseClassesItDoesNotKnow() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> example().add(0, 3));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> example().add(-1, 0));
  }
}
