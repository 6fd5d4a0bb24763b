package ai.binealnet.superres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.data.BatchStream;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.task.Provenance;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.task.Trained;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.TensorPool;
import ai.binealnet.core.train.Progress;
import ai.binealnet.superres.data.PatchBatch;
import ai.binealnet.superres.data.SuperresData;
import ai.binealnet.superres.metric.SuperresEvaluation;
import ai.binealnet.superres.model.Edsr;
import ai.binealnet.superres.model.SuperresConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuperresTest {
  private static final Provenance PROVENANCE = new Provenance("test", "");

  @TempDir Path folder;
  private Path data;

  /** The same pictures to train on and to judge by: what can be learnt by heart. */
  @BeforeEach
  void copyPictures() throws IOException {
    data = folder.resolve("data");
    for (String part : new String[] {"train", "val", "test"}) {
      Files.createDirectories(data.resolve(part));
    }
    for (int i = 0; i < 2; i++) {
      Image patch = ImageFiles.crop(TestPictures.sample("butterfly"), 40 + 90 * i, 60, 72, 72);
      for (String part : new String[] {"train", "val", "test"}) {
        ImageFiles.writePng(patch, data.resolve(part).resolve(i + ".png"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2, STREAM, 1", "2, BASIC, 1", "4, STREAM, 0.5"})
  void shouldLearnPicturesByHeart(int scale, String block, double gain) {
    SuperresConfig config =
        Networks.small(
            scale,
            "network.block=" + block,
            "training.epochs=3",
            "training.rate=6e-3",
            "input.height=16",
            "input.width=16",
            "augment.perPicture=100",
            "augment.dihedral=false");

    Trained trained = train(config, folder.resolve("run"));

    assertThat(trained.metrics().get("psnr_y"))
        .as("seed %s", config.training().seed())
        .isGreaterThan(trained.metrics().get("bicubic_psnr_y") + gain);
    assertThat(trained.test().images()).isEqualTo(2);
  }

  @Test
  void shouldKeepAndContinueARun() throws IOException {
    SuperresConfig config =
        Networks.small(2, "training.epochs=2", "augment.perPicture=8", "training.seed=3");
    Path run = folder.resolve("run");
    Trained trained = train(config, run);

    TrainedNetwork<SuperresConfig, Edsr> loaded = Superres.RUNS.load(run);
    SuperresEvaluation again =
        new SuperresRun(config, SuperresData.open(data), loaded.network()).evaluate(Part.TEST);
    assertThat(again.metrics().get("psnr_y")).isEqualTo(trained.metrics().get("psnr_y"));
    assertThat(loaded.graph().metadata()).containsEntry("superres.scale", "2");
    assertThat(Superres.RUNS.resume(run, null, Progress.NONE).metrics())
        .containsEntry("psnr_y", trained.metrics().get("psnr_y"));
    try (var pictures = Files.list(run.resolve("pictures"))) {
      assertThat(pictures.map(file -> file.getFileName().toString()))
          .contains("scores.csv", "test-0.png", "test-1.png");
    }
    assertThat(Files.readAllLines(run.resolve("pictures/scores.csv"))).hasSize(3);
    assertThat(run.resolve("summary.txt")).content().contains("bicubic");
  }

  @Test
  void shouldLearnFromATeacher() {
    String[] small = {"input.height=16", "input.width=16", "augment.perPicture=50"};
    SuperresConfig own = Networks.small(2, small);
    train(own, folder.resolve("teacher"));
    Edsr teacher = Superres.RUNS.load(folder.resolve("teacher")).network();
    SuperresConfig config =
        Networks.small(
            2,
            Stream.concat(
                    Stream.of(small),
                    Stream.of(
                        "training.epochs=3",
                        "training.rate=6e-3",
                        "training.seed=2",
                        "training.distillation.teacher=" + folder.resolve("teacher"),
                        "training.distillation.weight=1"))
                .toArray(String[]::new));

    double before = distance(config, new Edsr(config), teacher);
    train(config, folder.resolve("student"));

    Edsr student = Superres.RUNS.load(folder.resolve("student")).network();
    assertThat(distance(config, teacher, teacher)).as("from itself").isZero();
    assertThat(distance(config, student, teacher)).isBetween(1e-9, before * 0.8);
    assertThatThrownBy(() -> distance(config, new Edsr(Networks.small(4)), teacher))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("network.scale 4");
  }

  /** Of the pictures made from a training batch, by the teacher alone. */
  private double distance(SuperresConfig config, Edsr student, Edsr teacher) {
    SuperresRun run =
        (SuperresRun)
            Superres.TASK.student().run(config, SuperresData.open(data), student, teacher);
    try (BatchStream<PatchBatch> batches = run.loader().epoch(0, 0);
        Tape tape = Tape.evaluation(new CpuKernels(1), new TensorPool())) {
      return run.loss(tape, batches.next()).value().get(0);
    }
  }

  @Test
  void shouldWantPicturesForEveryPart() throws IOException {
    Files.delete(data.resolve("test/0.png"));
    Files.delete(data.resolve("test/1.png"));

    assertThatThrownBy(() -> train(Networks.small(2), folder.resolve("run")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("test part");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private Trained train(SuperresConfig config, Path run) {
    return Superres.RUNS.train(config, data, run, PROVENANCE, Start.FRESH, Progress.NONE);
  }
}
