package ai.binealnet.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path dir;

  @Test
  void shouldTakeAFolderWhoseTrainingWasKilledBeforeItBegan() throws IOException {
    RunFolder run = new RunFolder(dir);
    Files.writeString(run.info(), "{}");
    Files.writeString(dir.resolve("config.yaml.123.part"), "trai");

    assertThatCode(() -> RunFolder.requireFree(dir)).doesNotThrowAnyException();
    Files.writeString(run.config(), "{}");
    assertThatExceptionOfType(UserError.class).isThrownBy(() -> RunFolder.requireFree(dir));
  }

  @Test
  void shouldRefuseAFolderWithAnythingElse() throws IOException {
    Files.writeString(dir.resolve("notes.txt"), "mine");

    assertThatExceptionOfType(UserError.class).isThrownBy(() -> RunFolder.requireFree(dir));
  }

  @Test
  void shouldDeleteWhatKilledProcessesLeft() throws IOException {
    RunFolder run = new RunFolder(dir);
    Files.createDirectories(run.checkpoint());
    Files.writeString(run.checkpoint().resolve("state.json.123.part"), "{");
    Files.writeString(run.metrics(), "epoch\n");

    run.deleteParts();

    assertThat(run.checkpoint()).isEmptyDirectory();
    assertThat(run.metrics()).exists();
  }
}
