package ai.binealnet.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TensorPoolTest {
  @Test
  void shouldRecycleTensorsOfTheSameSize() {
    TensorPool pool = new TensorPool();
    Tensor first = pool.allocate(Shape.of(2, 3));
    first.fill(7);
    pool.release(first);
    Tensor second = pool.allocate(Shape.of(6));

    assertThat(second.shape()).isEqualTo(Shape.of(6));
    assertThat(second.toArray()).containsOnly(7);
    assertThat(pool.allocatedBytes()).isEqualTo(24);
  }

  @Test
  void shouldNeverGiveATensorTwice() {
    TensorPool pool = new TensorPool();
    Tensor a = pool.allocate(Shape.of(4)).fill(1);
    Tensor b = pool.allocate(Shape.of(4)).fill(2);
    pool.release(a);
    Tensor c = pool.allocate(Shape.of(4)).fill(3);
    Tensor d = pool.allocate(Shape.of(5)).fill(4);

    assertThat(b.toArray()).containsOnly(2);
    assertThat(c.toArray()).containsOnly(3);
    assertThat(d.toArray()).containsOnly(4);
    assertThat(pool.allocatedBytes()).isEqualTo(16 + 16 + 20);
  }
}
