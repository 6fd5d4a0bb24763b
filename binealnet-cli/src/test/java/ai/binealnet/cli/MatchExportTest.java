package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.task.Provenance;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.Progress;
import ai.binealnet.deploy.ExportReport;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.runtime.Predictor;
import ai.binealnet.match.Match;
import ai.binealnet.match.MatchRun;
import ai.binealnet.match.data.MatchData;
import ai.binealnet.match.decode.Descriptors;
import ai.binealnet.match.decode.ExtractionConfig;
import ai.binealnet.match.decode.FeatureMatcher;
import ai.binealnet.match.decode.FeaturePair;
import ai.binealnet.match.decode.Features;
import ai.binealnet.match.model.MatchConfig;
import ai.binealnet.match.model.MatchNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device finds in pictures is what training found. */
class MatchExportTest {
  private static final ImageSpec RAW = ImageSpec.rgb(48, 48);

  @TempDir Path folder;

  /** Random rectangles over one another. */
  private static Image scene(int height, int width, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] pixels = new byte[height * width * 3];
    for (int k = 0; k < 40; k++) {
      int top = random.nextInt(height);
      int left = random.nextInt(width);
      int bottom = Math.min(height, top + 3 + random.nextInt(height / 3));
      int right = Math.min(width, left + 3 + random.nextInt(width / 3));
      byte[] color = {(byte) random.nextInt(), (byte) random.nextInt(), (byte) random.nextInt()};
      for (int i = top * width + left; i < bottom * width; i++) {
        if (i % width >= left && i % width < right) {
          System.arraycopy(color, 0, pixels, i * 3, 3);
        }
      }
    }
    return new Image(height, width, 3, pixels);
  }

  private TrainedNetwork<MatchConfig, MatchNetwork> train(String block) throws IOException {
    Files.createDirectories(folder.resolve("data"));
    for (int i = 0; i < 12; i++) {
      ImageFiles.writePng(scene(56, 60, i), folder.resolve("data/" + i + ".png"));
    }
    MatchConfig config =
        ConfigFile.resolve(
            MatchConfig.defaults(),
            null,
            List.of(
                "input.height=" + RAW.height(),
                "input.width=" + RAW.width(),
                "network.block=" + block,
                "network.width=0.5",
                "network.dimensions=40",
                "training.epochs=1",
                "training.batch=3",
                "training.normBatches=2",
                "pairs.perPicture=2"));
    Match.RUNS.train(
        config,
        folder.resolve("data"),
        folder.resolve("run"),
        new Provenance("test", ""),
        Start.FRESH,
        Progress.NONE);
    return Match.RUNS.load(folder.resolve("run"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"STREAM", "BINEAL"})
  void shouldDecodeOnADeviceWhatTrainingDecodes(String block) throws IOException {
    TrainedNetwork<MatchConfig, MatchNetwork> trained = train(block);
    Path file = folder.resolve("match.onnx");
    ExportReport report = Exporter.export(trained.graph(), ModelKind.BINARY, file);
    assertThat(report.notAccelerated()).as("layers left in float32").isEmpty();
    MatchRun run =
        new MatchRun(trained.config(), MatchData.open(folder.resolve("data")), trained.network());
    ExtractionConfig extraction = new ExtractionConfig(200, 2, 0, 1.4, 2, 1.5, 32, 1000, 1);
    try (Predictor predictor = Predictor.open(file, 1)) {
      Image first = scene(61, 83, 100);
      Image second = scene(48, 70, 101);
      FeaturePair onDevice = FeatureMatcher.of(predictor, extraction).features(first, second);
      FeaturePair inTraining = new FeatureMatcher(extraction, run::maps).features(first, second);
      assertAlike(onDevice.first(), inTraining.first());
      assertAlike(onDevice.second(), inTraining.second());
      assertThat(onDevice.binary().match().toRecord())
          .isEqualTo(inTraining.binary().match().toRecord());
    }
  }

  private static void assertAlike(Features onDevice, Features inTraining) {
    assertThat(onDevice.size()).isGreaterThan(20);
    assertThat(onDevice.points()).isEqualTo(inTraining.points());
    assertThat(((Descriptors.Real) onDevice.descriptors()).values())
        .isEqualTo(((Descriptors.Real) inTraining.descriptors()).values());
  }
}
