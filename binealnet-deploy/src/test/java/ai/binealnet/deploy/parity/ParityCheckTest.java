package ai.binealnet.deploy.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.deploy.RandomGraph;
import ai.binealnet.deploy.RandomNets;
import ai.binealnet.deploy.lower.Lowered;
import ai.binealnet.deploy.lower.Lowering;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The check must find what differs. */
class ParityCheckTest {
  private static final ModelGraph GRAPH = RandomNets.stream(1, 8, 8, 24, 40, false, false);
  private static final Lowered LOWERED = Lowering.lower(GRAPH);

  /** The float definition, spoiled. */
  private record Spoiled(Consumer<Map<String, Activation>> spoil) implements Implementation {
    @Override
    public String name() {
      return "spoiled";
    }

    @Override
    public Map<String, Activation> run(Activation.Pixels images) {
      Map<String, Activation> values = new HashMap<>(new RealExecutor(GRAPH).run(images));
      spoil.accept(values);
      return values;
    }
  }

  private static ParityReport check(Consumer<Map<String, Activation>> spoil) {
    ParityCheck check = new ParityCheck(LOWERED, List.of(new Spoiled(spoil)));
    check.check(RandomGraph.images(new Random(1), 2, 8, 8));
    return check.report();
  }

  private static float[] values(Map<String, Activation> all, String name) {
    return ((Activation.Real) all.get(name)).values();
  }

  @Test
  void shouldFindOneFlippedSign() {
    ParityReport report = check(all -> values(all, "half1.act")[17] *= -1);

    assertThat(report.bitExact()).isFalse();
    assertThat(report.mismatches()).isEqualTo(1);
    assertThat(report.layers())
        .filteredOn(layer -> layer.mismatches() > 0)
        .singleElement()
        .satisfies(layer -> assertThat(layer.value()).isEqualTo("half1.act"))
        .satisfies(layer -> assertThat(layer.form()).isEqualTo("bits"));
  }

  @Test
  void shouldFindASignThatIsNone() {
    assertThat(check(all -> values(all, "half1.act")[0] = 0).mismatches()).isEqualTo(1);
  }

  @Test
  void shouldFindOneStepOfAStream() {
    ParityReport report = check(all -> values(all, "half1.stream")[3] += RandomGraph.STREAM_SCALE);

    assertThat(report.mismatches()).isEqualTo(1);
  }

  @Test
  void shouldFindTheLastBitOfALogit() {
    ParityReport report =
        check(all -> values(all, "logits")[3] = Math.nextUp(values(all, "logits")[3]));

    assertThat(report.mismatches()).isEqualTo(1);
  }

  @Test
  void shouldCountEveryNumberOfAValueOfOtherExtents() {
    ParityReport report =
        check(all -> all.put("logits", new Activation.Real(2, 1, 1, 6, new float[12])));

    assertThat(report.mismatches()).isEqualTo(14);
  }

  @Test
  void shouldInsistOnOutputs() {
    assertThatThrownBy(() -> check(all -> all.remove("logits")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("logits");
  }

  @Test
  void shouldNotCallNothingExact() {
    assertThat(new ParityCheck(LOWERED, List.of()).report().bitExact()).isFalse();
  }
}
