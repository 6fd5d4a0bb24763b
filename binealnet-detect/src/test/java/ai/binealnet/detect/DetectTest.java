package ai.binealnet.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.binealnet.core.autograd.Tape;
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
import ai.binealnet.detect.data.DetectionData;
import ai.binealnet.detect.loss.DetectionBatch;
import ai.binealnet.detect.metric.DetectionEvaluation;
import ai.binealnet.detect.model.CenterNet;
import ai.binealnet.detect.model.DetectConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectTest {
  private static final Provenance PROVENANCE = new Provenance("0", "abc");

  @TempDir Path dir;

  /** A network of seconds. */
  private static DetectConfig config(String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "backbone.network=resnet8",
                "backbone.width=2",
                "head.channels=32",
                "input.height=96",
                "input.width=128",
                "training.batch=5",
                "training.ema=0",
                "training.checkpointSteps=1000",
                "augment.enabled=false"));
    settings.addAll(List.of(more));
    return ConfigFile.resolve(DetectConfig.defaults(), null, settings);
  }

  private Trained train(String out, DetectConfig config, Path data) {
    return Detect.RUNS.train(
        config, data, dir.resolve(out), PROVENANCE, Start.FRESH, Progress.NONE);
  }

  @Test
  void shouldOverfitFiveRealPictures() throws IOException {
    Path data = TestData.fiveImages(dir.resolve("data"));
    List<String> ids = Files.readAllLines(data.resolve("ImageSets/Main/train.txt"));
    List<String> often = Collections.nCopies(20, ids).stream().flatMap(List::stream).toList();
    TestData.list(data, "train", often.toArray(String[]::new)); // an epoch is 20 steps

    Trained trained = train("run", config("training.epochs=12", "training.rate=0.01"), data);

    assertThat(trained.metrics().get("mAP50")).isGreaterThanOrEqualTo(0.95);
    assertThat(trained.metrics()).containsKeys("val_mAP50", "val_mAP", "mAP", "train_loss");
    assertThat(trained.run().pictures().resolve("detections-4.png")).exists();
    assertThat(trained.run().pictures().resolve("precision-recall.png")).exists();
    TrainedNetwork<DetectConfig, CenterNet> loaded = Detect.RUNS.load(dir.resolve("run"));
    DetectionEvaluation again =
        new DetectRun(loaded.config(), DetectionData.open(data), loaded.network())
            .evaluate(Part.TEST);
    assertThat(again.metrics().get("mAP50")).isEqualTo(trained.metrics().get("mAP50"));
  }

  @Test
  void shouldResumeToTheSameWeights() throws IOException {
    Path data = TestData.fiveImages(dir.resolve("data"));
    DetectConfig config =
        config(
            "training.epochs=3",
            "training.batch=2",
            "backbone.width=0.5",
            "input.height=64",
            "input.width=64",
            "augment.enabled=true");
    train("whole", config, data);
    Progress killer =
        new Progress() {
          @Override
          public void step(int epoch, int step, int steps, double loss) {
            if (epoch == 1 && step == 2) {
              throw new IllegalStateException("killed");
            }
          }
        };
    assertThatThrownBy(
            () ->
                Detect.RUNS.train(
                    config, data, dir.resolve("cut"), PROVENANCE, Start.FRESH, killer))
        .hasMessage("killed");

    Detect.RUNS.resume(dir.resolve("cut"), null, Progress.NONE);

    String weights = "checkpoint/weights-0003-000000.safetensors";
    assertThat(Files.mismatch(dir.resolve("cut/" + weights), dir.resolve("whole/" + weights)))
        .isEqualTo(-1);
  }

  @Test
  void shouldStartFromABackboneOfAnotherHead() throws IOException {
    Path data = TestData.fiveImages(dir.resolve("data"));
    String[] tiny = {
      "training.epochs=1", "backbone.width=0.5", "input.height=32", "input.width=32"
    };
    train("first", config(tiny), data);
    DetectConfig wider = config(List.of(tiny).toArray(String[]::new));
    DetectConfig other =
        ConfigFile.resolve(wider, null, List.of("head.channels=64", "training.epochs=1"));

    Trained second =
        Detect.RUNS.train(
            other,
            data,
            dir.resolve("second"),
            PROVENANCE,
            Start.backbone(dir.resolve("first")),
            Progress.NONE);

    assertThat(second.run().readInfo().initBackbone()).endsWith("first");
  }

  @Test
  void shouldLearnFromATeacher() throws IOException {
    Path data = TestData.fiveImages(dir.resolve("data"));
    String[] tiny = {"backbone.width=0.5", "input.height=64", "input.width=64"};
    train("teacher", with(config(tiny), "training.epochs=2"), data);
    DetectConfig config =
        with(
            config(tiny),
            "training.epochs=24",
            "training.rate=0.01",
            "training.seed=2",
            "training.distillation.teacher=" + dir.resolve("teacher"),
            "training.distillation.weight=1");
    CenterNet teacher = Detect.RUNS.load(dir.resolve("teacher")).network();
    DetectionData samples = DetectionData.open(data);

    double before =
        distance(config, samples, new CenterNet(config, samples.classes().size()), teacher);
    train("student", config, data);

    CenterNet student = Detect.RUNS.load(dir.resolve("student")).network();
    assertThat(distance(config, samples, teacher, teacher)).as("from itself").isZero();
    assertThat(distance(config, samples, student, teacher)).isBetween(1e-9, before / 2);
  }

  private static DetectConfig with(DetectConfig config, String... settings) {
    return ConfigFile.resolve(config, null, List.of(settings));
  }

  /** Of the outputs for all training pictures, by the teacher alone. */
  private static double distance(
      DetectConfig config, DetectionData data, CenterNet student, CenterNet teacher) {
    DetectRun run = (DetectRun) Detect.TASK.student().run(config, data, student, teacher);
    try (BatchStream<DetectionBatch> batches = run.loader().epoch(0, 0);
        Tape tape = Tape.evaluation(new CpuKernels(1), new TensorPool())) {
      return run.loss(tape, batches.next()).value().get(0);
    }
  }

  @Test
  void shouldRefuseSizesBeforeAnythingIsWritten() throws IOException {
    Path data = TestData.fiveImages(dir.resolve("data"));

    assertThatThrownBy(() -> train("run", config("input.height=100"), data))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("multiples of 16");
    assertThatThrownBy(() -> train("run", config("training.batch=6"), data))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("too few samples");
    assertThat(dir.resolve("run")).doesNotExist();
  }
}
