package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.task.Provenance;
import ai.binealnet.core.task.Runs;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.task.TaskConfig;
import ai.binealnet.core.task.TaskData;
import ai.binealnet.core.train.Progress;
import ai.binealnet.core.train.RunFolder;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.parity.Golden;
import ai.binealnet.deploy.runtime.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Makes the golden files of a release, once; see docs/releasing.md. Each training is a tiny one,
 * stopped in its second epoch, so that the run has all that resuming needs.
 */
@EnabledIfSystemProperty(named = GoldenFilesMaker.RELEASE, matches = ".+")
class GoldenFilesMaker {
  static final String RELEASE = "binealnet.golden";

  @TempDir private Path dir;

  @ParameterizedTest
  @CsvSource({
    "classify, backbone.network=resnet8 backbone.width=0.25 backbone.block=BINEAL"
        + " training.batch=10",
    "detect, backbone.network=resnet8 backbone.width=0.25 head.channels=8 input.height=32"
        + " input.width=48 training.batch=1",
    "segment, backbone.network=resnet8 backbone.width=0.25 backbone.outputStride=4 head.channels=8"
        + " input.height=16 input.width=32 augment.cropHeight=16 augment.cropWidth=16"
        + " training.batch=3 training.ema=0.9",
    "superres, network.blocks=1 network.channels=16 input.height=16 input.width=16"
        + " training.batch=4 training.optimizer=SGD",
    "match, network.width=0.125 network.dimensions=16 input.height=16 input.width=24"
        + " training.batch=3 training.optimizer=SGD",
  })
  void makeFilesOf(String task, String settings) throws IOException {
    GoldenFolder golden = GoldenFolder.of(System.getProperty(RELEASE), task);
    assertThat(golden.root()).as("golden files are never replaced").doesNotExist();
    make(Tasks.named(task), List.of(settings.split(" ")), golden);
  }

  private <C extends TaskConfig, D extends TaskData> void make(
      VisionTask<C, D> task, List<String> settings, GoldenFolder golden) throws IOException {
    List<String> all = new ArrayList<>(task.demo().settings());
    all.addAll(settings);
    all.add("training.epochs=2");
    Path data =
        task.name().equals("classify")
            ? GoldenData.write(dir.resolve("data"))
            : Home.samples(task.demo().samples());
    trainInPart(task.runs(), task.resolve(null, all), data, golden.run());
    ModelFiles.export(task.runs().load(golden.run()), ModelKind.BINARY, golden.model());
    try (Predictor model = Predictor.open(golden.model(), 1)) {
      byte[] pixels = Golden.images(2, model.height(), model.width(), model.channels()).values();
      golden.store(pixels, GoldenFolder.outputs(model, pixels));
      assertThat(Golden.holds(model)).isTrue();
    }
  }

  private static <C extends TaskConfig, D extends TaskData> void trainInPart(
      Runs<C, D, ?> runs, C config, Path data, Path out) throws IOException {
    Progress stop =
        new Progress() {
          @Override
          public void step(int epoch, int step, int steps, double loss) {
            if (epoch == 1) {
              throw new CancellationException();
            }
          }
        };
    Provenance provenance = new Provenance(Version.current(), "");
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> runs.train(config, data, out, provenance, Start.FRESH, stop));
    RunFolder run = RunFolder.open(out);
    String here = data.toAbsolutePath().normalize().toString();
    Files.writeString(run.info(), Files.readString(run.info()).replace(here, "data"));
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(GoldenFilesMaker::isLeftOut).toList()) {
        Files.delete(file);
      }
    }
  }

  private static boolean isLeftOut(Path file) {
    String name = file.getFileName().toString(); // what nothing reads again
    return name.endsWith(".png") || name.contains("tfevents") || name.equals(".lock");
  }
}
