package ai.binealnet.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void shouldTellItsExtents() {
    Shape shape = Shape.of(2, 3, 5, 7);

    assertThat(shape.rank()).isEqualTo(4);
    assertThat(shape.dim(2)).isEqualTo(5);
    assertThat(shape.size()).isEqualTo(210);
    assertThat(shape.channels()).isEqualTo(7);
    assertThat(shape.rows()).isEqualTo(30);
    assertThat(shape)
        .hasToString("[2, 3, 5, 7]")
        .isEqualTo(Shape.of(2, 3, 5, 7))
        .isNotEqualTo(Shape.of(2, 3, 35));
  }

  @Test
  void shouldNotChangeWithTheArrayItWasMadeFrom() {
    int[] dims = {2, 3};
    Shape shape = Shape.of(dims);
    dims[0] = 9;
    shape.dims()[1] = 9;

    assertThat(shape).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
  }

  @Test
  void shouldRefuseExtentsOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(2, 0))
        .withMessageContaining("[2, 0]");
    assertThatIllegalArgumentException().isThrownBy(() -> Shape.of(-2, -3));
    assertThatIllegalArgumentException().isThrownBy(() -> Shape.of(1 << 16, 1 << 16));
    assertThatIllegalArgumentException().isThrownBy(() -> Shape.of(1 << 30, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Shape.of(
                    Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
  }
}
