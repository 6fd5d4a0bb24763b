package ai.binealnet.core.binary;

import static ai.binealnet.core.autograd.GradientCheck.parameter;
import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.autograd.GradientCheck;
import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.tensor.RandomTensors;
import ai.binealnet.core.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EightBitWeightsTest {
  @ParameterizedTest
  @CsvSource({"0,1", "3,2"})
  void shouldPassTheGradientOn(int outputAxis, long seed) {
    Parameter w = parameter("w", new RandomTensors(seed).uniform(Shape.of(3, 3, 4, 5), -1, 1));

    new GradientCheck(seed, tape -> EightBitWeights.quantize(tape, w, outputAxis)).backward();

    for (float g : w.gradient().toArray()) {
      assertThat(g)
          .as("seed %s", seed)
          .isBetween(0.2f, 1.2f); // the factors of the objective themselves
    }
  }
}
