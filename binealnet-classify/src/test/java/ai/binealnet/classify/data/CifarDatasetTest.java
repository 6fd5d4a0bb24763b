package ai.binealnet.classify.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.data.LabeledImage;
import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarDatasetTest {
  @TempDir Path dir;

  @Test
  void shouldInterleaveThePlanes() throws IOException {
    byte[] file = TestData.records(7, 2, 1);
    CifarDataset data = CifarDataset.read(List.of(Files.write(dir.resolve("a.bin"), file)), 3);

    LabeledImage second = data.get(1);

    assertThat(data.size()).isEqualTo(2);
    assertThat(second.label()).isEqualTo(1);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        for (int c = 0; c < 3; c++) {
          int stored = file[3073 + 1 + 1024 * c + 32 * y + x] & 0xff;
          assertThat(second.image().at(y, x, c)).isEqualTo(stored);
        }
      }
    }
  }

  @Test
  void shouldJoinFilesAndSelect() throws IOException {
    TestData.cifar(dir);
    List<Path> files = List.of(dir.resolve("data_batch_1.bin"), dir.resolve("data_batch_2.bin"));

    CifarDataset all = CifarDataset.read(files, 3);
    CifarDataset part = all.select(new int[] {5, 0});

    assertThat(all.labels()).containsExactly(0, 1, 2, 0, 1, 2);
    assertThat(part.labels()).containsExactly(2, 0);
    assertThat(part.get(0)).isEqualTo(all.get(5));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> part.get(2));
  }

  @Test
  void shouldReportATruncatedFileWithItsSize() throws IOException {
    Path file = Files.write(dir.resolve("data_batch_1.bin"), new byte[3073 * 2 + 100]);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> CifarDataset.read(List.of(file), 10))
        .satisfies(e -> assertThat(e.what()).contains(file.toString()))
        .satisfies(e -> assertThat(e.expected()).contains("3073"))
        .satisfies(e -> assertThat(e.actual()).isEqualTo("6246 bytes = 2 records and 100 bytes"));
  }

  @Test
  void shouldReportAnEmptyFile() throws IOException {
    Path file = Files.createFile(dir.resolve("test_batch.bin"));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> CifarDataset.read(List.of(file), 10))
        .withMessageContaining("0 bytes");
  }

  @Test
  void shouldReportALabelThatIsNoClass() throws IOException {
    Path file = Files.write(dir.resolve("x.bin"), TestData.records(1, 0, 3));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> CifarDataset.read(List.of(file), 3))
        .withMessageContaining("x.bin, record 1")
        .satisfies(e -> assertThat(e.actual()).isEqualTo("3"))
        .satisfies(e -> assertThat(e.expected()).startsWith("0..2"));
  }

  @Test
  void shouldReportAMissingFile() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> CifarDataset.read(List.of(dir.resolve("test_batch.bin")), 3))
        .withMessageContaining("missing")
        .withMessageContaining("test_batch.bin");
  }
}
