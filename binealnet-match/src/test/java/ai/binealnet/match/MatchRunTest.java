package ai.binealnet.match;

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
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.Progress;
import ai.binealnet.match.data.MatchData;
import ai.binealnet.match.data.Scenes;
import ai.binealnet.match.decode.ExtractionConfig;
import ai.binealnet.match.decode.FeatureExtractor;
import ai.binealnet.match.decode.Features;
import ai.binealnet.match.decode.Matches;
import ai.binealnet.match.metric.MatchEvaluation;
import ai.binealnet.match.model.MatchConfig;
import ai.binealnet.match.model.MatchNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatchRunTest {
  private static final Provenance TESTER = new Provenance("test", "");

  @TempDir Path folder;

  private static MatchConfig config(String... more) {
    List<String> overrides =
        new ArrayList<>(
            List.of(
                "input.height=64",
                "input.width=64",
                "training.batch=3",
                "training.epochs=1",
                "training.normBatches=4",
                "network.width=0.25",
                "network.dimensions=32",
                "pairs.minZoom=1",
                "extraction.levels=1",
                "extraction.keyPoints=150"));
    overrides.addAll(List.of(more));
    return ConfigFile.resolve(MatchConfig.defaults(), null, overrides);
  }

  private MatchRun run(MatchConfig config) {
    MatchData data = MatchData.open(Scenes.folder(folder, 12, 72));
    return new MatchRun(config, data, new MatchNetwork(config));
  }

  /**
   * New pairs made of a handful of pictures that it was trained on: 0.03 before, about 0.37 after
   * 120 steps.
   */
  @Test
  void shouldLearnToMatchAHandfulOfPictures() throws IOException {
    MatchConfig config =
        config(
            "pairs.perPicture=30",
            "training.rate=0.003",
            "pairs.homography.rotation=10",
            "pairs.homography.scale=1.2",
            "pairs.homography.stretch=1.1",
            "pairs.homography.perspective=0.1",
            "pairs.photometric.blur=0.5",
            "pairs.photometric.noise=2",
            "pairs.photometric.quality=100",
            "pairs.photometric.grey=0");
    Path pictures = Scenes.folder(folder.resolve("data"), 12, 72).resolve("train");
    Files.createSymbolicLink(folder.resolve("data/val"), pictures);
    MatchData data = MatchData.open(folder.resolve("data"));
    double before =
        new MatchRun(config, data, new MatchNetwork(config))
            .evaluate(Part.VALIDATION)
            .metrics()
            .get("mma3");

    Trained trained =
        Match.RUNS.train(
            config,
            folder.resolve("data"),
            folder.resolve("run"),
            TESTER,
            Start.FRESH,
            Progress.NONE);

    assertThat(trained.metrics().get("mma3"))
        .as("before %s, after:%n%s", before, trained.test())
        .isGreaterThan(before + 0.2);
    assertThat(trained.metrics().get("mma3_binary")).isGreaterThan(before + 0.05);
    assertThat(trained.metrics()).containsKeys("val_mma3", "homography3", "repeatability");
    assertThat(folder.resolve("run/pictures/mma.png")).isNotEmptyFile();
    assertThat(folder.resolve("run/pictures/pairs.csv")).isNotEmptyFile();

    TrainedNetwork<MatchConfig, MatchNetwork> loaded = Match.RUNS.load(folder.resolve("run"));
    MatchEvaluation again =
        new MatchRun(loaded.config(), data, loaded.network()).evaluate(Part.TEST);
    assertThat(again.metrics().get("mma3")).isEqualTo(trained.metrics().get("mma3"));
    assertThat(loaded.graph().metadata()).containsEntry("task", "match");
  }

  @Test
  void shouldFindNothingInAPictureWithoutTexture() {
    MatchRun run = run(config());
    FeatureExtractor extractor = new FeatureExtractor(ExtractionConfig.defaults());
    Features flat = extractor.extract(Scenes.flat(90, 70), run::maps);
    Features scene = extractor.extract(Scenes.scene(90, 70, 1), run::maps);
    assertThat(flat.size()).isZero();
    assertThat(scene.size()).isPositive();
    assertThat(Matches.of(flat, scene).homography()).isEmpty();
  }

  @Test
  void shouldTakePicturesOfAnySizeAndColour() {
    MatchRun run = run(config("network.block=BINEAL"));
    FeatureExtractor extractor = new FeatureExtractor(ExtractionConfig.defaults());
    Image grey = new Image(37, 51, 1, new byte[37 * 51]);
    grey.pixels()[20 * 51 + 20] = 100;
    Features one = extractor.extract(grey, run::maps);
    Features other = extractor.extract(Scenes.scene(64, 33, 2), run::maps);
    Features dot = extractor.extract(Scenes.flat(1, 1), run::maps);
    assertThat(dot.size()).isZero();
    assertThat(other.size()).isPositive();
    assertThat(Matches.of(one, other).pairs()).hasSizeLessThanOrEqualTo(one.size());
  }

  @Test
  void shouldMakeTheSameBatchesAgain() {
    MatchRun run = run(config());
    float[] first = run.loader().epoch(0, 1).next().pixels();
    float[] again = run.loader().epoch(0, 1).next().pixels();
    float[] other = run.loader().epoch(1, 1).next().pixels();
    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void shouldRefuseToTrainWithoutPicturesBeforeItWritesAnything() throws IOException {
    Path data = folder.resolve("sequences/boat");
    Files.createDirectories(data);
    for (int i = 1; i <= 2; i++) {
      ImageFiles.writePng(Scenes.scene(40, 40, i), data.resolve("img" + i + ".png"));
    }
    Files.writeString(data.resolve("H1to2p"), "1 0 0 0 1 0 0 0 1");
    Path out = folder.resolve("run");
    assertThatThrownBy(
            () ->
                Match.RUNS.train(
                    config(), data.getParent(), out, TESTER, Start.FRESH, Progress.NONE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("nothing to train on");
    assertThat(out).doesNotExist();
    MatchConfig config = config();
    MatchRun judge =
        new MatchRun(config, MatchData.open(data.getParent()), new MatchNetwork(config));
    MatchEvaluation evaluation = judge.evaluate(Part.TEST);
    assertThat(evaluation.images()).isEqualTo(1);
    assertThat(evaluation.metrics())
        .containsKeys("mma3", "mma3_binary", "mma3_orb", "mma3_akaze", "mma3_sift");
  }
}
