package ai.binealnet.core.train;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.train.TrainingConfig.OptimizerKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Trainings of {@link TinyTask} in a temporary folder. */
abstract class TinyRuns {
  static final int EPOCHS = 3;
  static final int STEPS = TinyTask.SAMPLES / 8;
  static final Kernels KERNELS = new CpuKernels(2);

  @TempDir Path dir;

  /** What a test interrupts a training with. */
  static final class Interruption extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  static TrainingConfig config(
      OptimizerKind optimizer, long seed, int checkpointSteps, String... more) {
    List<String> settings = new ArrayList<>();
    settings.add("batch=8");
    settings.add("optimizer=" + optimizer);
    settings.add("rate=" + (optimizer == OptimizerKind.SGD ? 0.05 : 0.005));
    settings.add("groups.weights.decay=1e-3");
    settings.add("seed=" + seed);
    settings.add("checkpointSteps=" + checkpointSteps);
    settings.add("precision=FLOAT32");
    settings.addAll(List.of(more));
    return ConfigFile.resolve(TrainingConfig.defaults(EPOCHS), null, settings);
  }

  Map<String, Double> train(
      String run, TrainingConfig config, Task<List<TinyTask.Sample>> task, Progress progress) {
    Checkpoint checkpoint = new Checkpoint(dir.resolve(run).resolve("checkpoint"), "tiny");
    RunLog log = new RunLog(dir.resolve(run).resolve("metrics.csv"));
    return new Trainer<>(
            task, TinyTask.loader(config.seed()), config, checkpoint, log, progress, KERNELS)
        .fit();
  }

  Map<String, Double> train(String run, TrainingConfig config, Progress progress) {
    return train(run, config, new TinyTask(config.seed()), progress);
  }

  /** Hashes of the checkpoint's files by name. */
  Map<String, String> bytes(String run) {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(dir.resolve(run).resolve("checkpoint"))) {
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), sha256(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return contents;
  }

  static String sha256(Path file) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static Progress interruptedAfter(int steps) {
    return new Progress() {
      @Override
      public void step(int epoch, int step, int ofSteps, double loss) {
        if (epoch * STEPS + step == steps) {
          throw new Interruption();
        }
      }
    };
  }

  void interrupt(String run, TrainingConfig config, Progress progress) {
    assertThatExceptionOfType(Interruption.class).isThrownBy(() -> train(run, config, progress));
  }
}
