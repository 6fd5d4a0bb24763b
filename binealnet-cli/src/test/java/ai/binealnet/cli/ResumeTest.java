package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.train.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
  @Test
  @Timeout(240)
  void shouldEndInTheSameBytesAfterAKillInTheMiddleOfAnEpoch(@TempDir Path root)
      throws IOException, InterruptedException {
    Workbench bench = new Workbench(root);
    Path data = bench.data("data");
    Path whole = bench.path("whole");
    Path killed = bench.path("killed");
    assertThat(Run.of(Workbench.tinyTraining(data, whole)).code()).isZero();

    Process process = bench.start("", bench.path("log"), Workbench.tinyTraining(data, killed));
    while (process.isAlive() && !isInTheMiddle(killed)) {
      Thread.sleep(2);
    }
    process.destroyForcibly(); // SIGKILL
    process.waitFor();
    assertThat(isInTheMiddle(killed))
        .as("killed between two epochs: " + Files.readString(bench.path("log")))
        .isTrue();

    Run resumed = Run.of("train", "classify", "--resume", killed.toString());
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(Workbench.weights(killed)).isEqualTo(Workbench.weights(whole));
    assertThat(Files.readString(killed.resolve("checkpoint/state.json")))
        .isEqualTo(Files.readString(whole.resolve("checkpoint/state.json")));
  }

  /** Whether the last checkpoint is one within an epoch. */
  private static boolean isInTheMiddle(Path run) {
    try {
      String state = Files.readString(run.resolve("checkpoint/state.json"));
      return state.matches("(?s).*\"step\" : [1-9].*");
    } catch (IOException e) {
      return false; // none yet
    }
  }

  @Test
  void shouldRefuseASecondProcessInOneRun(@TempDir Path root) throws IOException {
    Workbench bench = new Workbench(root);
    Path run = bench.path("run");
    String[] training = Workbench.tinyTraining(bench.data("data"), run, "training.epochs=1");
    assertThat(Run.of(training).code()).isZero();
    try (FolderLock lock = FolderLock.take(run)) {
      Run resumed = Run.of("train", "classify", "--resume", lock.folder().toString());
      assertThat(resumed.code()).isEqualTo(1);
      assertThat(resumed.err()).contains("another process works in it");
    }
    assertThat(Run.of("train", "classify", "--resume", run.toString()).code()).isZero();
  }

  @Test
  void shouldRefuseOtherDataWhenResuming(@TempDir Path root) throws IOException {
    Workbench bench = new Workbench(root);
    Path data = bench.data("data");
    Path run = bench.path("run");
    assertThat(Run.of(Workbench.tinyTraining(data, run, "training.epochs=1")).code()).isZero();
    byte[] records = Files.readAllBytes(data.resolve("data_batch_1.bin"));
    records[100]++;
    Files.write(data.resolve("data_batch_1.bin"), records);
    Run resumed = Run.of("train", "classify", "--resume", run.toString());
    assertThat(resumed.code()).isEqualTo(1);
    assertThat(resumed.err()).contains("the data is not what it was trained on");
  }
}
