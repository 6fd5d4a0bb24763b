package ai.binealnet.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.data.BatchStream;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.task.Provenance;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.task.Trained;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.TensorPool;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.Progress;
import ai.binealnet.segment.data.PixelBatch;
import ai.binealnet.segment.data.SceneData;
import ai.binealnet.segment.data.SegmentData;
import ai.binealnet.segment.model.SegmentConfig;
import ai.binealnet.segment.model.Segmenter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentRunTest {
  @TempDir private Path dir;

  private static SegmentConfig config(String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "backbone.network=resnet8",
                "backbone.width=0.5",
                "backbone.stem=FAST",
                "head.channels=16",
                "input.height=48",
                "input.width=64",
                "training.batch=3",
                "training.epochs=1"));
    settings.addAll(List.of(more));
    return ConfigFile.resolve(SegmentConfig.defaults(), null, settings);
  }

  private Trained train(String name, SegmentConfig config, Path data, Start start) {
    return Segment.RUNS.train(
        config, data, dir.resolve(name), new Provenance("0", ""), start, Progress.NONE);
  }

  @Test
  void shouldTrainDrawAndLoad() {
    SegmentConfig config = config("augment.cropHeight=32", "augment.cropWidth=40");

    Trained trained = train("run", config, SceneData.SAMPLES, Start.FRESH);

    assertThat(trained.metrics())
        .containsKeys("train_loss", "val_mIoU", "mIoU", "pixel_accuracy", "class_accuracy");
    assertThat(trained.test().images()).isEqualTo(1);
    assertThat(trained.run().pictures().resolve("segmentation-000.png")).isNotEmptyFile();
    assertThat(trained.run().pictures().resolve("iou.png")).isNotEmptyFile();
    assertThat(trained.run().summary()).content().contains("Bicyclist");
    TrainedNetwork<SegmentConfig, Segmenter> loaded = Segment.RUNS.load(dir.resolve("run"));
    SegmentRun again =
        new SegmentRun(loaded.config(), SegmentData.open(SceneData.SAMPLES), loaded.network());
    assertThat(again.evaluate(Part.TEST)).hasToString(trained.test().toString());
  }

  @Test
  void shouldStartFromABackboneWithStrides() {
    SegmentConfig strided = config("backbone.outputStride=32", "training.rate=1e-9");
    train("first", strided, SceneData.SAMPLES, Start.FRESH);
    SegmentConfig dilated =
        config("backbone.outputStride=4", "training.rate=1e-9", "training.seed=2");

    train("second", dilated, SceneData.SAMPLES, Start.backbone(dir.resolve("first")));

    Map<String, float[]> first = weights("first");
    Map<String, float[]> second = weights("second");
    assertThat(second.get("stage1.block0.conv1.weight"))
        .containsExactly(first.get("stage1.block0.conv1.weight"), Offset.offset(1e-5f));
    assertThat(second.get("head.logits.conv.weight"))
        .isNotEqualTo(first.get("head.logits.conv.weight"));
  }

  private Map<String, float[]> weights(String run) {
    return Segment.RUNS.load(dir.resolve(run)).network().parameters().stream()
        .collect(Collectors.toMap(Parameter::name, p -> p.value().toArray()));
  }

  @Test
  void shouldLearnFromATeacher() {
    train("teacher", config("training.epochs=2"), SceneData.SAMPLES, Start.FRESH);
    SegmentConfig config =
        config(
            "training.epochs=12",
            "training.seed=2",
            "augment.enabled=false",
            "training.distillation.teacher=" + dir.resolve("teacher"),
            "training.distillation.weight=1");
    Segmenter teacher = Segment.RUNS.load(dir.resolve("teacher")).network();
    SegmentData data = SegmentData.open(SceneData.SAMPLES);

    double before = distance(config, new Segmenter(config, data.classes().size()), teacher);
    train("student", config, SceneData.SAMPLES, Start.FRESH);

    Segmenter student = Segment.RUNS.load(dir.resolve("student")).network();
    assertThat(distance(config, teacher, teacher)).as("from itself").isZero();
    assertThat(distance(config, student, teacher)).isBetween(1e-9, before / 2);
  }

  /** Of the logits for the training pictures, by the teacher alone. */
  private static double distance(SegmentConfig config, Segmenter student, Segmenter teacher) {
    SegmentData data = SegmentData.open(SceneData.SAMPLES);
    SegmentRun run = (SegmentRun) Segment.TASK.student().run(config, data, student, teacher);
    try (BatchStream<PixelBatch> batches = run.loader().epoch(0, 0);
        Tape tape = Tape.evaluation(new CpuKernels(1), new TensorPool())) {
      return run.loss(tape, batches.next()).value().get(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"input.height=52", "augment.cropWidth=36"})
  void shouldRefuseSizesThatTheGridDoesNotCover(String setting) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> train("run", config(setting), SceneData.SAMPLES, Start.FRESH))
        .withMessageContaining("multiples of its output stride")
        .withMessageContaining(setting.substring(0, setting.indexOf('=')));
    assertThat(dir.resolve("run")).doesNotExist();
  }

  @Test
  void shouldRefuseABatchLargerThanTheData() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> train("run", config("training.batch=4"), SceneData.SAMPLES, Start.FRESH))
        .withMessageContaining("too few samples");
  }

  /** Five crops of real scenes; the grid of logits is as fine as the labels. */
  private double learnByHeart(BlockKind block, int epochs) throws IOException {
    Path five = SceneData.five(dir.resolve("five"), 32, 48);
    SegmentConfig config =
        config(
            "input.height=32",
            "input.width=48",
            "backbone.block=" + block,
            "backbone.binary.shortcut=INT8",
            "backbone.stem=CIFAR",
            "backbone.outputStride=1",
            "backbone.width=2",
            "head.channels=64",
            "loss.auxiliary=0",
            "augment.enabled=false",
            "training.batch=5",
            "training.rate=0.1",
            "training.normBatches=1",
            "training.schedule.warmup=5",
            "training.epochs=" + epochs);
    return train("run", config, five, Start.FRESH).metrics().get("mIoU");
  }

  @Test
  void shouldLearnAHandfulOfRealScenesByHeart() throws IOException {
    assertThat(learnByHeart(BlockKind.BASIC, 70)).as("seed 1").isGreaterThan(0.95);
  }

  /** Binary weights need more than twice the steps, and came to 0.93. */
  @Test
  @Tag("slow")
  void shouldLearnThemWithABinaryNetworkToo() throws IOException {
    assertThat(learnByHeart(BlockKind.STREAM, 161)).as("seed 1").isGreaterThan(0.95);
  }
}
