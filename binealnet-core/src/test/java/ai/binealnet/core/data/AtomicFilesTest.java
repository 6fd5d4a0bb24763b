package ai.binealnet.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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

  @Test
  void shouldReplaceAllFilesOrNone() throws IOException {
    Path file = Files.write(dir.resolve("a.bin"), new byte[] {1});
    Map<Path, byte[]> contents = new LinkedHashMap<>();
    contents.put(file, new byte[] {2});
    contents.put(dir.resolve("none/b.bin"), new byte[] {3});

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> AtomicFiles.writeAll(contents))
        .withMessageContaining("b.bin");
    assertThat(file).hasBinaryContent(new byte[] {1});
    assertThat(dir.toFile().list()).containsExactly("a.bin");

    Files.createDirectory(dir.resolve("none"));
    AtomicFiles.writeAll(contents);
    assertThat(file).hasBinaryContent(new byte[] {2});
    assertThat(dir.resolve("none/b.bin")).hasBinaryContent(new byte[] {3});
  }
}
