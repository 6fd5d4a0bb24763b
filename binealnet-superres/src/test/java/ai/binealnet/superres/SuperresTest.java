package ai.binealnet.superres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.task.Provenance;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.task.Trained;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.core.train.Progress;
import ai.binealnet.superres.data.SuperresData;
import ai.binealnet.superres.metric.SuperresEvaluation;
import ai.binealnet.superres.model.Edsr;
import ai.binealnet.superres.model.SuperresConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
