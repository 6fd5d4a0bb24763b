package ai.binealnet.classify;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.task.Provenance;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.task.Trained;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Trainings of seconds on the head of the samples. */
abstract class SampleRuns {
  static final Path SAMPLES = Path.of("..", "samples", "cifar10");
  private static final int RECORD = 3073;
  static final Provenance PROVENANCE = new Provenance("0", "abc");
  static final String WEIGHTS = "checkpoint/weights-0002-000000.safetensors";

  @TempDir Path dir;
  Path data;

  /** The head of the samples, as a data set of its own. */
  @BeforeEach
  void prepare() throws IOException {
    data = Files.createDirectory(dir.resolve("data"));
    Files.copy(SAMPLES.resolve("batches.meta.txt"), data.resolve("batches.meta.txt"));
    copyRecords("data_batch_1.bin", 60);
    copyRecords("test_batch.bin", 20);
  }

  void copyRecords(String name, int count) throws IOException {
    Files.write(
        data.resolve(name),
        Arrays.copyOf(Files.readAllBytes(SAMPLES.resolve(name)), count * RECORD));
  }

  static ClassifyConfig config(String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "backbone.network=resnet8",
                "backbone.width=0.5",
                "backbone.stem=fast",
                "training.epochs=2",
                "training.batch=10",
                "training.checkpointSteps=2"));
    settings.addAll(List.of(more));
    return ConfigFile.resolve(ClassifyConfig.defaults(), null, settings);
  }

  Trained train(String out, ClassifyConfig config, Start start) {
    return Classify.RUNS.train(config, data, dir.resolve(out), PROVENANCE, start, Progress.NONE);
  }

  void assertSameBytes(Path a, Path b) throws IOException {
    assertThat(Files.mismatch(a, b)).as("%s and %s", a, b).isEqualTo(-1);
  }

  /** Throws after some steps, as a process may be killed. */
  record Killed(int steps, int[] done) implements Progress {
    static final class Signal extends RuntimeException {
      private static final long serialVersionUID = 1L;
    }

    @Override
    public void step(int epoch, int step, int ofSteps, double loss) {
      if (++done[0] == steps) {
        throw new Signal();
      }
    }
  }
}
