package ai.binealnet.segment.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.binealnet.core.data.Letterbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogitMapTest {
  /** A grid whose left half is class 1 and whose right half is class 2, of 3. */
  private static LogitMap halves(int height, int width) {
    float[] values = new float[height * width * 3];
    for (int i = 0; i < height * width; i++) {
      values[3 * i + (i % width < width / 2 ? 1 : 2)] = 5;
    }
    return new LogitMap(height, width, 3, values, 0);
  }

  @Test
  void shouldUpSampleToTheModelsSize() {
    LabelMap labels = halves(2, 4).decode(new Letterbox(16, 32, 16, 32));

    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 32; x++) {
        assertThat(labels.at(y, x)).isEqualTo(x < 16 ? 1 : 2);
      }
    }
  }

  /** The border between the halves lies in the middle of the input, wherever that is. */
  @ParameterizedTest
  @CsvSource({"1,1", "16,32", "10,100", "100,10", "600,800", "33,47"})
  void shouldMapBackToThePicture(int height, int width) {
    Letterbox box = new Letterbox(height, width, 32, 64);

    LabelMap labels = halves(4, 8).decode(box);

    assertThat(labels.height()).isEqualTo(height);
    assertThat(labels.width()).isEqualTo(width);
    for (int x = 0; x < width; x++) {
      int expected = x + 0.5 <= box.sourceX(32) ? 1 : 2; // both are equal in the very middle
      assertThat(labels.at(height / 2, x)).as("column %d", x).isEqualTo(expected);
      assertThat(labels.at(height - 1, x)).as("column %d", x).isEqualTo(expected);
    }
  }

  @Test
  void shouldPreferTheFirstOfEqualScores() {
    float[] values = {2, 2, 1};

    assertThat(new LogitMap(1, 1, 3, values, 0).decode(new Letterbox(2, 2, 8, 8)).labels())
        .containsOnly(0);
  }

  @Test
  void shouldFindAPictureInABatch() {
    float[] values = {0, 1, 1, 0, 3, 4, 6, 5};

    LabelMap second = LogitMap.of(values, 1, 1, 2, 2).decode(new Letterbox(1, 2, 8, 16));

    assertThat(second.labels()).containsExactly(1, 0);
  }

  @Test
  void shouldRefuseTooFewScores() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LogitMap.of(new float[11], 1, 1, 2, 3))
        .withMessageContaining("1 x 2 x 3");
  }
}
