package ai.binealnet.deploy.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.inference.FloatTensor;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.RandomGraph;
import ai.binealnet.deploy.RandomNets;
import ai.binealnet.deploy.onnx.OnnxWriter;
import ai.binealnet.deploy.parity.Activation;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictorTest {
  private static final ModelGraph GRAPH = RandomNets.bineal(1, 12, 10, 16, 32, false);
  private static final int IMAGE_BYTES = 12 * 10 * 3;
  private static final int THREADS = 8;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeModel() {
    file = folder.resolve("model.onnx");
    Exporter.export(GRAPH, ModelKind.BINARY, file);
  }

  @Test
  void shouldTellWhatItReadsAndCarries() {
    try (Predictor predictor = Predictor.open(file, 1)) {
      assertThat(predictor.height()).isEqualTo(12);
      assertThat(predictor.width()).isEqualTo(10);
      assertThat(predictor.channels()).isEqualTo(3);
      assertThat(predictor.outputs()).containsExactly("logits");
      assertThat(predictor.metadata())
          .containsEntry("task", "test")
          .containsEntry(Exporter.KIND, "binary")
          .containsEntry(Conventions.KEY, "1")
          .containsKey(ModelSeal.KEY);
    }
  }

  @Test
  void shouldGiveTheSameResultsInAnyBatch() {
    Activation.Pixels images = RandomGraph.images(new Random(2), 5, 12, 10);
    try (Predictor predictor = Predictor.open(file, 2)) {
      FloatTensor all = predictor.run(images.values(), 5).get("logits");
      assertThat(all.shape()).containsExactly(5, 7);
      for (int n = 0; n < 5; n++) {
        byte[] one = Arrays.copyOfRange(images.values(), n * IMAGE_BYTES, (n + 1) * IMAGE_BYTES);
        assertThat(predictor.run(one, 1).get("logits").values())
            .containsExactly(Arrays.copyOfRange(all.values(), n * 7, (n + 1) * 7));
      }
    }
  }

  @Test
  void shouldServeManyThreadsAtOnceFromMemoryThatIsUsedAgain() {
    Activation.Pixels images = RandomGraph.images(new Random(4), 8, 12, 10);
    try (Predictor predictor = Predictor.open(file, 1)) {
      float[] all = predictor.run(images.values(), 8).get("logits").values();
      List<float[]> results =
          IntStream.range(0, 64)
              .parallel()
              .mapToObj(i -> predictor.run(pixels(images, i % 8, 1 + i / 32), 1 + i / 32))
              .map(outputs -> outputs.get("logits").values())
              .toList();
      for (int i = 0; i < 64; i++) {
        int end = Math.min(8, i % 8 + 1 + i / 32) * 7;
        assertThat(Arrays.copyOf(results.get(i), end - i % 8 * 7))
            .containsExactly(Arrays.copyOfRange(all, i % 8 * 7, end));
      }
    }
  }

  /** The images from {@code first} on; black ones beyond the last. */
  private static byte[] pixels(Activation.Pixels images, int first, int count) {
    return Arrays.copyOfRange(
        Arrays.copyOf(images.values(), 9 * IMAGE_BYTES),
        first * IMAGE_BYTES,
        (first + count) * IMAGE_BYTES);
  }

  @Test
  void shouldLetReadersSeeWhatCopiesHold() {
    Activation.Pixels images = RandomGraph.images(new Random(5), 2, 12, 10);
    try (Predictor predictor = Predictor.open(file, 1)) {
      float[] copy = predictor.run(images.values(), 2).get("logits").values();
      for (int i = 0; i < 3; i++) {
        float[] seen =
            predictor.run(
                images.values(),
                2,
                12,
                10,
                views -> {
                  FloatView view = views.get("logits");
                  assertThat(view.shape()).containsExactly(2, 7);
                  assertThat(view.values().isReadOnly()).isTrue();
                  return view.copy().values();
                });
        assertThat(seen).containsExactly(copy);
      }
      assertThatThrownBy(
              () ->
                  predictor.run(
                      images.values(),
                      2,
                      12,
                      10,
                      views -> {
                        throw new IllegalArgumentException("reader");
                      }))
          .hasMessage("reader");
      assertThat(predictor.run(images.values(), 2).get("logits").values()).containsExactly(copy);
    }
  }

  /** A process of its own that runs a model; see {@link OrtSessions} for what long ones die of. */
  static final class OneRun {
    private OneRun() {}

    public static void main(String[] args) {
      try (Predictor predictor = Predictor.open(Path.of(args[0]), 1)) {
        predictor.run(new byte[IMAGE_BYTES], 1);
      }
    }
  }

  @Test
  void shouldRunInAProcessWithALongCommandLine() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        System.getProperty("java.class.path") + File.pathSeparator + "no-such-folder/".repeat(1000);
    Process process =
        new ProcessBuilder(java, "-cp", classPath, OneRun.class.getName(), file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  @Test
  void shouldRefuseToRunOnceClosed() {
    Predictor predictor = Predictor.open(file, 1);
    predictor.close();
    predictor.close();

    assertThatThrownBy(() -> predictor.run(new byte[IMAGE_BYTES], 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void shouldEndRunsOfOtherThreadsInWordsWhenClosed() throws Exception {
    Predictor predictor = Predictor.open(file, 1);
    CountDownLatch running = new CountDownLatch(THREADS);
    Callable<Throwable> worker =
        () -> {
          try {
            for (long runs = 0; ; runs++) {
              predictor.run(new byte[IMAGE_BYTES], 1);
              if (runs == 0) {
                running.countDown();
              }
            }
          } catch (Throwable e) { // whatever it is, the test looks at it
            return e;
          }
        };
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<Throwable>> ends = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      ends.add(threads.submit(worker));
    }
    running.await();
    predictor.close();
    threads.shutdown();

    for (Future<Throwable> end : ends) {
      assertThat(end.get())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is closed");
    }
  }

  @Test
  void shouldNotWaitForItselfWhenAReaderClosesIt() {
    try (Predictor predictor = Predictor.open(file, 1)) {
      Runnable close = predictor::close;
      assertThatThrownBy(
              () ->
                  predictor.run(
                      new byte[IMAGE_BYTES],
                      1,
                      12,
                      10,
                      views -> {
                        close.run();
                        return views.size();
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("reader");
      assertThat(predictor.run(new byte[IMAGE_BYTES], 1)).containsKey("logits");
    }
  }

  /** Writes the model after a change, with its seal. */
  private Path changed(Consumer<ModelProto.Builder> change) throws Exception {
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    change.accept(model);
    return Files.write(folder.resolve("changed.onnx"), ModelSeal.seal(model.build().toByteArray()));
  }

  @Test
  void shouldLeaveOutMetadataWithoutAValue() throws Exception {
    Path model =
        changed(m -> m.addMetadataProps(StringStringEntryProto.newBuilder().setKey("empty")));

    try (Predictor predictor = Predictor.open(model, 1)) {
      assertThat(predictor.metadata()).containsEntry("task", "test").doesNotContainValue(null);
    }
  }

  @Test
  void shouldRefuseModelsThatAreNotAboutPictures() throws Exception {
    Path input =
        changed(
            m ->
                m.getGraphBuilder()
                    .getInputBuilder(0)
                    .getTypeBuilder()
                    .getTensorTypeBuilder()
                    .getShapeBuilder()
                    .getDimBuilder(1)
                    .setDimValue(1L << 40));
    assertThatThrownBy(() -> Predictor.open(input, 1)).isInstanceOf(UserError.class);
    Path output = changed(m -> m.getGraphBuilder().addOutput(m.getGraph().getInput(0)));
    assertThatThrownBy(() -> Predictor.open(output, 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("float32 tensors");
  }

  @Test
  void shouldRefuseImagesOfAnotherSize() {
    try (Predictor predictor = Predictor.open(file, 1)) {
      assertThatThrownBy(() -> predictor.run(new byte[IMAGE_BYTES - 1], 1))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("1 images of 12 x 10 x 3");
      assertThatThrownBy(() -> predictor.run(new byte[0], 0)).isInstanceOf(UserError.class);
    }
  }

  @ParameterizedTest(name = "{0} bytes fewer")
  @ValueSource(ints = {1, 80, 2000})
  void shouldRefuseATruncatedFile(int missing) throws Exception {
    byte[] model = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(model, model.length - missing));

    assertThatThrownBy(() -> Predictor.open(file, 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("truncated");
  }

  @Test
  void shouldRefuseAnAlteredFile() throws Exception {
    byte[] model = Files.readAllBytes(file);
    Random random = new Random(4);
    for (int round = 0; round < 20; round++) {
      byte[] altered = model.clone();
      int at = random.nextInt(model.length);
      altered[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, altered);
      assertThatThrownBy(() -> Predictor.open(file, 1))
          .as("bit flipped in byte %d", at)
          .isInstanceOf(UserError.class);
    }
  }

  @Test
  void shouldSayThatAnAlteredFileWasAltered() throws Exception {
    byte[] model = Files.readAllBytes(file);
    model[model.length / 2] ^= 1;
    Files.write(file, model);

    assertThatThrownBy(() -> Predictor.open(file, 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("was altered");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "10", "0", ""})
  void shouldRefuseAFileOfOtherConventions(String conventions) {
    OnnxWriter.write(GRAPH.withMetadata(Map.of(Conventions.KEY, conventions)), file);

    assertThatThrownBy(() -> Predictor.open(file, 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("model.onnx")
        .hasMessageContaining("conventions 1")
        .hasMessageContaining("conventions " + conventions)
        .hasMessageContaining("newer");
  }

  /** ONNX Runtime would only say that it knows no such operators. */
  @Test
  void shouldRefuseANewerFileThatOnnxRuntimeCannotLoad() throws Exception {
    ModelProto newer =
        ModelProto.parseFrom(OnnxWriter.bytes(GRAPH.withMetadata(Map.of(Conventions.KEY, "2"))))
            .toBuilder()
            .setIrVersion(1000)
            .build();
    Files.write(file, ModelSeal.seal(newer.toByteArray()));

    assertThatThrownBy(() -> Predictor.open(file, 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("conventions 2");
  }

  @Test
  void shouldRefuseWhatIsNoModel() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.onnx"));
    Path sealed = folder.resolve("sealed.onnx");
    Files.write(sealed, ModelSeal.seal(new byte[] {1, 2, 3}));

    assertThatThrownBy(() -> Predictor.open(empty, 1)).isInstanceOf(UserError.class);
    assertThatThrownBy(() -> Predictor.open(sealed, 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("cannot load model");
    assertThatThrownBy(() -> Predictor.open(folder.resolve("missing.onnx"), 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("missing.onnx");
  }
}
