package ai.binealnet.superres.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTest {
  @Test
  void shouldBeOneTileWhereThePictureFits() {
    assertThat(Span.cover(7, 9, 3)).containsExactly(new Span(0, 7, 0, 7));
    assertThat(Span.cover(9, 9, 3)).containsExactly(new Span(0, 9, 0, 9));
  }

  @ParameterizedTest
  @CsvSource({"10, 9, 3", "11, 9, 3", "100, 9, 4", "97, 20, 6", "21, 20, 0", "400, 384, 18"})
  void shouldKeepEveryPixelOnceWithItsNeighbours(int size, int tile, int margin) {
    List<Span> spans = Span.cover(size, tile, margin);

    int kept = 0;
    for (Span span : spans) {
      assertThat(span.length()).isEqualTo(tile);
      assertThat(span.keepFrom()).isEqualTo(kept);
      assertThat(span.from()).isBetween(0, Math.max(0, span.keepFrom() - margin));
      assertThat(span.to()).isBetween(Math.min(size, span.keepTo() + margin), size);
      assertThat(span.keepTo()).isGreaterThan(span.keepFrom());
      kept = span.keepTo();
    }
    assertThat(kept).isEqualTo(size);
  }
}
