package ai.binealnet.core.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.nn.BinaryActivation;
import ai.binealnet.core.nn.BinaryOptions;
import ai.binealnet.core.nn.Blocks;
import ai.binealnet.core.nn.Conv2d;
import ai.binealnet.core.nn.Initializer;
import ai.binealnet.core.nn.Sampling;
import ai.binealnet.core.nn.Sequential;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class BinarizerWatchTest {
  private final List<Parameter> parameters = new BinaryActivation("act", 3, 1, true).parameters();
  private final BinarizerWatch watch = BinarizerWatch.of(parameters).get(0);

  @Test
  void shouldFindTheBinarizersOfANetworkInOrder() {
    Initializer init = new Initializer(1);
    List<Parameter> network =
        Sequential.of(
                new Conv2d("stem", 3, 8, ConvGeometry.same(3, 1), WeightType.INT8, false, init),
                Blocks.bineal("block", 8, 8, Sampling.stride(1), BinaryOptions.defaults(), init))
            .parameters();

    assertThat(BinarizerWatch.of(network))
        .extracting(BinarizerWatch::name)
        .containsExactly("block.act1", "block.act2");
  }

  @Test
  void shouldCountChannelsThatNeverChange() {
    watch.look(Tensor.of(Shape.of(1, 1, 2, 3), 1, -1, 1, 1, -1, -1));
    assertThat(watch.alwaysPlus()).isEqualTo(1);
    assertThat(watch.alwaysMinus()).isEqualTo(1);

    watch.look(Tensor.of(Shape.of(1, 1, 1, 3), -1, -1, 1));
    assertThat(watch.alwaysPlus()).isZero();
    assertThat(watch.alwaysMinus()).isEqualTo(1);

    watch.reset();
    assertThat(watch.alwaysMinus()).isZero();
  }

  @Test
  void shouldStopLookingAfterEnoughPictures() {
    Tensor plus = Tensor.create(Shape.of(BinarizerWatch.PICTURES, 1, 1, 3)).fill(1);
    watch.look(plus);
    watch.look(plus.fill(-1));

    assertThat(watch.alwaysPlus()).isEqualTo(3);
  }

  @Test
  void shouldGiveEffectiveThresholds() {
    parameters.get(0).value().set(1, 0, 0); // b0
    parameters.get(1).value().set(1, 0.5f, 0); // tau
    parameters.get(2).value().set(0, 1, 1); // b1

    assertThat(watch.thresholds()).containsExactly(-1, -2, Float.NEGATIVE_INFINITY);
    assertThat(Instruments.thresholds(parameters)).containsOnlyKeys("act");
  }
}
