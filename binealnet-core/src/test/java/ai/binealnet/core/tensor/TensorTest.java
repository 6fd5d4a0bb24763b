package ai.binealnet.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TensorTest {
  @Test
  void shouldHoldValues() {
    Tensor tensor = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    tensor.set(4, -1);
    float[] part = {0, 0, 9};
    tensor.read(3, part, 2);

    assertThat(part).containsExactly(4, -1, 9);
    assertThat(tensor.get(5)).isEqualTo(6);
    tensor.write(1, new float[] {7, 8, 9}, 2);
    assertThat(tensor.toArray()).containsExactly(1, 7, 8, 4, -1, 6);
  }

  @Test
  void shouldFillAndCopy() {
    Tensor source = Tensor.create(Shape.of(5)).fill(2.5f);
    Tensor target = Tensor.create(Shape.of(5)).fill(0);
    assertThat(target.toArray()).containsOnly(0);
    target.copyFrom(source);
    source.fill(-0f);

    assertThat(target.toArray()).containsOnly(2.5f);
    assertThat(Float.floatToRawIntBits(source.get(3))).isEqualTo(Float.floatToRawIntBits(-0f));
  }

  @Test
  void shouldShareMemoryWhenReshaped() {
    Tensor tensor = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    tensor.reshape(Shape.of(6)).set(0, 9);

    assertThat(tensor.get(0)).isEqualTo(9);
  }

  @Test
  void shouldRefuseOtherSizes() {
    Tensor tensor = Tensor.create(Shape.of(2, 3));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> tensor.set(1, 2, 3))
        .withMessageContaining("takes 6");
    assertThatIllegalArgumentException().isThrownBy(() -> tensor.reshape(Shape.of(5)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tensor.copyFrom(Tensor.create(Shape.of(5))));
  }
}
