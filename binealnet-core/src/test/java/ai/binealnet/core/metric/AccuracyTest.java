package ai.binealnet.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares with values that make_accuracy.py (among the test resources) got by sorting. */
class AccuracyTest {
  private static final int CLASSES = 12;
  private static final Properties EXPECTED = new Properties();
  private static float[] scores;
  private static int[] labels;

  @BeforeAll
  static void readFixture() throws IOException {
    try (InputStream in = AccuracyTest.class.getResourceAsStream("accuracy.expected.properties")) {
      EXPECTED.load(in);
    }
    List<float[]> rows;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                AccuracyTest.class.getResourceAsStream("accuracy.csv"), StandardCharsets.UTF_8))) {
      rows = in.lines().map(AccuracyTest::numbers).collect(Collectors.toList());
    }
    labels = rows.stream().mapToInt(row -> (int) row[0]).toArray();
    scores = new float[labels.length * CLASSES];
    for (int i = 0; i < labels.length; i++) {
      System.arraycopy(rows.get(i), 1, scores, i * CLASSES, CLASSES);
    }
  }

  private static float[] numbers(String line) {
    String[] fields = line.split(",");
    float[] numbers = new float[fields.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Float.parseFloat(fields[i]);
    }
    return numbers;
  }

  private static double expected(String key) {
    return Double.parseDouble(EXPECTED.getProperty(key));
  }

  @Test
  void shouldAgreeWithSortingInBatchesOfAnySize() {
    for (int batch : new int[] {1, 7, 400}) {
      Accuracy accuracy = new Accuracy();
      TopK three = new TopK(3);
      for (int from = 0; from < labels.length; from += batch) {
        int to = Math.min(labels.length, from + batch);
        float[] part = Arrays.copyOfRange(scores, from * CLASSES, to * CLASSES);
        int[] truth = Arrays.copyOfRange(labels, from, to);
        accuracy.add(part, truth, to - from, CLASSES);
        three.add(part, truth, to - from, CLASSES);
      }

      assertThat(accuracy.count()).isEqualTo(400);
      assertThat(accuracy.top1()).isEqualTo(expected("top1"));
      assertThat(accuracy.top5()).isEqualTo(expected("top5"));
      assertThat(three.value()).isEqualTo(expected("top3"));
    }
  }

  @Test
  void shouldFillTheConfusionMatrix() {
    ConfusionMatrix matrix =
        new ConfusionMatrix(
            IntStream.range(0, CLASSES).mapToObj(c -> "c" + c).collect(Collectors.toList()));

    matrix.add(scores, labels, labels.length);

    assertThat(matrix.total()).isEqualTo(400);
    assertThat(matrix.accuracy()).isEqualTo(expected("top1"));
    for (int c = 0; c < CLASSES; c++) {
      assertThat(matrix.recall(c)).isEqualTo(expected("recall" + c));
      assertThat(matrix.precision(c)).isEqualTo(expected("precision" + c));
      int row = c;
      assertThat(
              IntStream.range(0, CLASSES)
                  .mapToObj(j -> Long.toString(matrix.count(row, j)))
                  .collect(Collectors.joining(",")))
          .isEqualTo(EXPECTED.getProperty("row" + c));
    }
  }

  @Test
  void shouldLetTheLowestClassWinATie() {
    float[] tie = {1, 3, 3, 2};
    TopK first = new TopK(1);
    first.add(tie, new int[] {1}, 1, 4);
    first.add(tie, new int[] {2}, 1, 4);

    assertThat(first.value()).isEqualTo(0.5);
    assertThat(TopK.argMax(tie, 0, 4)).isEqualTo(1);
  }

  @Test
  void shouldCountEverythingAsRightWithFewerClassesThanK() {
    Accuracy accuracy = new Accuracy();
    accuracy.add(new float[] {0, 1, 0, 1}, new int[] {0, 1}, 2, 2);

    assertThat(accuracy.top1()).isEqualTo(0.5);
    assertThat(accuracy.top5()).isEqualTo(1);
  }

  @Test
  void shouldRefuseNonsense() {
    TopK top = new TopK(1);

    assertThatIllegalStateException().isThrownBy(top::value);
    assertThatIllegalArgumentException().isThrownBy(() -> new TopK(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> top.add(new float[] {1, Float.NaN}, new int[] {0}, 1, 2))
        .withMessageContaining("NaN");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> top.add(new float[] {1, 2}, new int[] {2}, 1, 2));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> top.add(new float[] {1, 2}, new int[] {0, 1}, 2, 2));
  }
}
