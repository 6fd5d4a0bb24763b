package ai.binealnet.classify.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.classify.data.DataReport.Finding;
import ai.binealnet.classify.data.DataReport.Severity;
import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCheckTest {
  @TempDir Path dir;

  @Test
  void shouldFindNothingWrongInGoodData() throws IOException {
    DataReport cifar = DataCheck.run(TestData.cifar(dir.resolve("c")));
    DataReport folder = DataCheck.run(TestData.folder(dir.resolve("f")));

    assertThat(cifar.findings()).isEmpty();
    assertThat(cifar.counts().get("train")).isEqualTo(Map.of("a", 2L, "b", 2L, "c", 2L));
    assertThat(cifar.sizes()).isEqualTo(Map.of("32x32", 9L));
    assertThat(folder.findings()).isEmpty();
    assertThat(folder.ok()).isTrue();
    assertThat(folder.counts().get("train")).isEqualTo(Map.of("cat", 3L, "dog", 2L));
    assertThat(folder.sizes()).isEqualTo(Map.of("20x30", 4L, "40x30", 1L, "50x60", 2L));
  }

  @Test
  void shouldReportAllThatIsWrongWithCifar() throws IOException {
    Path root = TestData.cifar(dir);
    Files.write(root.resolve("data_batch_1.bin"), new byte[100], StandardOpenOption.APPEND);
    Files.write(root.resolve("data_batch_2.bin"), TestData.records(2, 1, 77));
    Files.delete(root.resolve("test_batch.bin"));

    DataReport report = DataCheck.run(root);

    assertThat(report.ok()).isFalse();
    assertThat(report.findings()).extracting(Finding::severity).containsOnly(Severity.ERROR);
    assertThat(report.findings()).hasSize(3);
    assertThat(report.findings().get(0).what()).contains("truncated").contains("data_batch_1.bin");
    assertThat(report.findings().get(0).expected()).contains("multiple of 3073");
    assertThat(report.findings().get(0).actual()).startsWith("12392 bytes");
    assertThat(report.findings().get(1).actual()).isEqualTo("77");
    assertThat(report.findings().get(2).what()).contains("missing").contains("test_batch.bin");
  }

  @Test
  void shouldReportAllThatIsWrongWithFolders() throws IOException {
    Path root = TestData.folder(dir);
    Files.writeString(root.resolve("train/cat/a.png"), "no picture");
    Path cut = root.resolve("train/cat/b.png");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 500));
    Files.writeString(root.resolve("train/dog/note.txt"), "hello");
    Files.createDirectory(root.resolve("train/fish"));
    TestData.picture(root.resolve("test/bird/x.png"), 8, 8, 1);

    DataReport report = DataCheck.run(root);

    assertThat(report.findings())
        .filteredOn(finding -> finding.severity() == Severity.ERROR)
        .extracting(Finding::what)
        .satisfiesExactlyInAnyOrder(
            what -> assertThat(what).contains("a.png"),
            what -> assertThat(what).contains("b.png"),
            what -> assertThat(what).contains("note.txt"),
            what -> assertThat(what).contains("empty class folder").contains("fish"),
            what -> assertThat(what).contains("unknown class folder").contains("bird"));
    assertThat(report.findings())
        .filteredOn(finding -> finding.severity() == Severity.WARNING)
        .extracting(Finding::what)
        .containsExactlyInAnyOrder(
            "class fish is missing in train", "class fish is missing in test");
    assertThat(report.counts().get("train")).isEqualTo(Map.of("cat", 1L, "dog", 2L));
  }

  @Test
  void shouldReportEqualPictures() throws IOException {
    Path root = TestData.folder(dir);
    TestData.picture(root.resolve("train/cat/copy.png"), 20, 30, 1);
    TestData.picture(root.resolve("test/dog/leak.png"), 20, 30, 4);

    DataReport report = DataCheck.run(root);

    assertThat(report.ok()).isTrue();
    assertThat(report.findings())
        .extracting(Finding::what)
        .containsExactly("equal pictures in train and test", "equal pictures within train");
    assertThat(report.findings().get(1).actual()).startsWith("1, the first: ");
    assertThat(report.findings().get(1).actual()).contains("a.png").contains("copy.png");
  }

  @Test
  void shouldReportEqualRecords() throws IOException {
    Path root = TestData.cifar(dir);
    Files.copy(root.resolve("data_batch_2.bin"), root.resolve("data_batch_3.bin"));

    assertThat(DataCheck.run(root).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.what()).isEqualTo("equal pictures within train"))
        .satisfies(finding -> assertThat(finding.actual()).startsWith("2, the first: "));
  }

  @Test
  void shouldRefuseAFolderWithoutData() {
    assertThatExceptionOfType(UserError.class).isThrownBy(() -> DataCheck.run(dir));
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> DataCheck.run(dir.resolve("none")))
        .withMessageContaining("not found");
  }
}
