package ai.binealnet.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir Path dir;

  @Test
  void shouldReplaceTheFileAndLeaveNothingElse() throws IOException {
    Path file = Files.write(dir.resolve("a.bin"), new byte[100]);

    AtomicFiles.write(file, new byte[] {1, 2, 3});

    assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(dir.toFile().list()).containsExactly("a.bin");
  }

  @Test
  void shouldSayWhyItCannotWriteAndLeaveNothing() throws IOException {
    Path folder = Files.createDirectory(dir.resolve("folder"));
    Files.createFile(folder.resolve("keep"));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> AtomicFiles.write(dir.resolve("none/a.bin"), new byte[1]))
        .withMessageContaining("a.bin")
        .withCauseInstanceOf(IOException.class);
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> AtomicFiles.write(folder, new byte[1])); // the target is a folder
    assertThat(dir.toFile().list()).containsExactly("folder");
  }
}
