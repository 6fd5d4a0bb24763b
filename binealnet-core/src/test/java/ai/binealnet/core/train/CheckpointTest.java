package ai.binealnet.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.train.Checkpoint.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private static final Position POSITION =
      new Position(2, 7, 1.1 / 3, new LossTrend(9, 1.2, 0.1, 3));

  @TempDir private Path dir;
  private Path folder;
  private Checkpoint checkpoint;
  private final Parameter w =
      new Parameter("w", Parameter.Role.WEIGHT, Tensor.of(Shape.of(2, 2), 1, 2, 3, 4));
  private final Parameter mean =
      new Parameter("mean", Parameter.Role.STATISTIC, Tensor.of(Shape.of(1), 5));
  private final List<Parameter> parameters = List.of(w, mean);
  private final Map<String, float[]> extra = Map.of("w.velocity", new float[] {6, 7, 8, 9});

  @BeforeEach
  void save() {
    folder = dir.resolve("checkpoint");
    checkpoint = new Checkpoint(folder, "resnet20");
    checkpoint.save(POSITION, parameters, extra);
  }

  private void change() {
    w.value().fill(-1);
    mean.value().fill(-1);
    Arrays.fill(extra.get("w.velocity"), -1);
  }

  private Position restore() {
    return checkpoint.restore(parameters, extra);
  }

  private void assertRestored() {
    assertThat(w.value().toArray()).containsExactly(1, 2, 3, 4);
    assertThat(mean.value().get(0)).isEqualTo(5);
    assertThat(extra.get("w.velocity")).containsExactly(6, 7, 8, 9);
  }

  private void assertRefused(String description) {
    change();
    assertThatExceptionOfType(UserError.class)
        .as(description)
        .isThrownBy(this::restore)
        .withMessageContaining("checkpoint");
    assertThat(w.value().toArray()).as(description).containsOnly(-1);
    assertThat(mean.value().get(0)).as(description).isEqualTo(-1);
    assertThat(extra.get("w.velocity")).as(description).containsOnly(-1);
  }

  private Path weights() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".safetensors"))
          .findFirst()
          .orElseThrow();
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void shouldRestoreWhatItSaved() {
    change();

    assertThat(checkpoint.exists()).isTrue();
    assertThat(restore()).isEqualTo(POSITION);
    assertRestored();
  }

  @Test
  void shouldKeepTheLastCheckpointOnly() throws IOException {
    w.value().set(0, 100);
    checkpoint.save(new Position(3, 0, 0, null), parameters, extra);

    assertThat(names()).containsExactly("state.json", "weights-0003-000000.safetensors");
    assertThat(restore().epoch()).isEqualTo(3);
    assertThat(w.value().get(0)).isEqualTo(100);
  }

  @Test
  void shouldWriteTheSameBytesForTheSameState() throws IOException {
    byte[] state = Files.readAllBytes(folder.resolve("state.json"));
    byte[] tensors = Files.readAllBytes(weights());
    folder = dir.resolve("other");
    checkpoint = new Checkpoint(folder, "resnet20");
    checkpoint.save(POSITION, parameters, extra);

    assertThat(Files.readAllBytes(folder.resolve("state.json"))).isEqualTo(state);
    assertThat(Files.readAllBytes(weights())).isEqualTo(tensors);
  }

  @Test
  void shouldRefuseAlteredWeights() throws IOException {
    byte[] bytes = Files.readAllBytes(weights());
    for (int i = 0; i < bytes.length; i++) {
      byte[] altered = bytes.clone();
      altered[i] ^= 4;
      Files.write(weights(), altered);
      assertRefused("byte " + i);
    }
    Files.write(weights(), Arrays.copyOf(bytes, bytes.length - 1));
    assertRefused("truncated");
    Files.write(weights(), Arrays.copyOf(bytes, bytes.length + 1));
    assertRefused("longer");
    Files.write(weights(), bytes);
    restore();
    assertRestored();
  }

  @Test
  void shouldRefuseATruncatedState() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve("state.json"));
    for (int length = 0; length < bytes.length; length++) {
      Files.write(folder.resolve("state.json"), Arrays.copyOf(bytes, length));
      assertRefused(length + " bytes of the state");
    }
  }

  @Test
  void shouldNeverContinueElsewhereWhateverByteOfTheStateIsAltered() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve("state.json"));
    for (int i = 0; i < bytes.length; i++) {
      for (int bits : new int[] {1, 0x20, 0x80}) {
        byte[] altered = bytes.clone();
        altered[i] ^= (byte) bits;
        Files.write(folder.resolve("state.json"), altered);
        change();
        try {
          Position position = restore();
          assertThat(position.epoch()).as("byte %s ^ %s", i, bits).isEqualTo(2);
          assertThat(position.step()).as("byte %s ^ %s", i, bits).isEqualTo(7);
          assertRestored();
        } catch (UserError e) {
          assertThat(e.what()).contains("checkpoint");
          assertThat(w.value().toArray()).containsOnly(-1);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "[]",
        "3",
        "garbage",
        "{\"format\":1}",
        "{\"format\":1,\"position\":{\"epoch\":2,\"step\":7,\"lossSum\":0},"
            + "\"weights\":\"weights-0002-000007.safetensors\",\"sha256\":\"\"}",
        "{\"format\":1,\"architecture\":\"resnet20\",\"position\":null,"
            + "\"weights\":\"weights-0002-000007.safetensors\",\"sha256\":\"\"}",
        "{\"format\":2,\"architecture\":\"resnet20\",\"position\":{\"epoch\":2,\"step\":7,\"lossSum\":0},"
            + "\"weights\":\"weights-0002-000007.safetensors\",\"sha256\":\"\"}",
        "{\"format\":1,\"architecture\":\"resnet20\",\"position\":{\"epoch\":2,\"step\":7,\"lossSum\":0},"
            + "\"weights\":\"../weights-0002-000007.safetensors\",\"sha256\":\"\"}",
        "{\"format\":1,\"architecture\":\"resnet20\",\"position\":{\"epoch\":2,\"step\":7,\"lossSum\":0},"
            + "\"weights\":\"weights-0002-000007.safetensors\"}"
      })
  void shouldRefuseAStateThatMakesNoSense(String json) throws IOException {
    Files.writeString(folder.resolve("state.json"), json);

    assertRefused(json);
  }

  @Test
  void shouldSayThatACheckpointIsOfANewerFormat() throws IOException {
    Files.writeString(folder.resolve("state.json"), "{\"format\":2,\"shards\":[]}");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(this::restore)
        .satisfies(e -> assertThat(e.actual()).isEqualTo("format 2"))
        .withMessageContaining("newer");
  }

  @Test
  void shouldRefuseAnotherArchitecture() {
    checkpoint = new Checkpoint(folder, "resnet18");
    change();

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(this::restore)
        .withMessageContaining("resnet18")
        .withMessageContaining("resnet20");
    assertThat(w.value().toArray()).containsOnly(-1);
  }

  @Test
  void shouldRefuseANetworkOfOtherParameters() {
    Parameter larger =
        new Parameter("w", Parameter.Role.WEIGHT, Tensor.of(Shape.of(5), 0, 0, 0, 0, 0));
    Parameter unknown =
        new Parameter("v", Parameter.Role.WEIGHT, Tensor.of(Shape.of(4), 0, 0, 0, 0));
    for (Parameter p : List.of(larger, unknown)) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> checkpoint.restore(List.of(mean, p), Map.of()))
          .withMessageContaining(p.name());
    }
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> checkpoint.restore(parameters, Map.of("w.moment1", new float[4])));
  }

  @Test
  void shouldRestoreWithoutTheOptimizersArrays() {
    change();
    checkpoint.restore(parameters, Map.of());

    assertThat(w.value().toArray()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void shouldTellAHalfWrittenFolder() throws IOException {
    Files.delete(weights());
    assertRefused("state without weights");
    Files.createDirectory(folder.resolve("weights-0002-000007.safetensors"));
    assertRefused("a folder in place of the weights");
    Files.delete(folder.resolve("state.json"));
    assertThat(checkpoint.exists()).isFalse();
    assertRefused("no state");
  }

  @Test
  void shouldKeepTheLastCheckpointWhenSavingFails() throws IOException {
    Files.createDirectory(folder.resolve("weights-0002-000008.safetensors"));
    Files.createFile(folder.resolve("weights-0002-000008.safetensors/in-the-way"));
    w.value().fill(50);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> checkpoint.save(new Position(2, 8, 0, null), parameters, extra))
        .withMessageContaining("weights-0002-000008");

    assertThat(names())
        .containsExactly(
            "state.json", "weights-0002-000007.safetensors", "weights-0002-000008.safetensors");
    assertThat(restore()).isEqualTo(POSITION);
    assertRestored();
  }

  @Test
  void shouldLeaveNothingBehindWhenTheStateCannotBeWritten() throws IOException {
    Files.delete(folder.resolve("state.json"));
    Files.createDirectories(folder.resolve("state.json/in-the-way"));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> checkpoint.save(new Position(2, 8, 0, null), parameters, extra));

    assertThat(names()).containsExactly("state.json", "weights-0002-000007.safetensors");
  }

  @Test
  void shouldRefuseAFileInPlaceOfTheFolder() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "mine");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> new Checkpoint(file, "resnet20").save(POSITION, parameters, extra))
        .withMessageContaining("file");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () ->
                new Checkpoint(file.resolve("sub"), "resnet20").save(POSITION, parameters, extra));
    assertThat(file).hasContent("mine");
  }

  @Test
  void shouldRoundTripEveryBitOfTheState() {
    Map<String, float[]> state = new LinkedHashMap<>();
    state.put("s", new float[] {Float.NaN, -0f, Float.MIN_VALUE, Float.MAX_VALUE, 0.1f});
    Position position = new Position(0, 3, 0.1 + 0.2, LossTrend.start());
    checkpoint.save(position, List.of(), state);
    float[] copy = new float[5];

    assertThat(checkpoint.restore(List.of(), Map.of("s", copy))).isEqualTo(position);
    assertThat(copy).containsExactly(state.get("s"));
  }
}
