package ai.binealnet.classify.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataHashTest {
  @TempDir Path dir;

  @Test
  void shouldNotDependOnWhereTheFolderIs() throws IOException {
    String here = ClassificationData.open(TestData.cifar(dir.resolve("here"))).dataHash();
    String there = ClassificationData.open(TestData.cifar(dir.resolve("there"))).dataHash();

    assertThat(here).matches("sha256:[0-9a-f]{64}").isEqualTo(there);
  }

  @Test
  void shouldSeeEveryByteAndEveryName() throws IOException {
    Path root = TestData.folder(dir);
    String before = ClassificationData.open(root).dataHash();

    Path file = root.resolve("test/dog/t.png");
    Path renamed = Files.move(file, root.resolve("test/dog/u.png"));
    String afterRename = ClassificationData.open(root).dataHash();
    Files.move(renamed, file);
    TestData.picture(file, 50, 60, 8);
    String afterChange = ClassificationData.open(root).dataHash();
    TestData.picture(file, 50, 60, 7);

    assertThat(List.of(afterRename, afterChange)).doesNotContain(before).doesNotHaveDuplicates();
    assertThat(ClassificationData.open(root).dataHash()).isEqualTo(before);
  }

  @Test
  void shouldIgnoreFilesThatAreNoData() throws IOException {
    Path root = TestData.cifar(dir);
    String before = ClassificationData.open(root).dataHash();

    Files.writeString(root.resolve("readme.html"), "hello");

    assertThat(ClassificationData.open(root).dataHash()).isEqualTo(before);
  }

  @Test
  void shouldHashSizesOfHugeData() throws IOException {
    Path a = Files.write(dir.resolve("a"), new byte[] {1, 2, 3});
    Path b = Files.write(dir.resolve("b"), new byte[] {4, 5, 6});
    String sizes = DataHash.of(dir, List.of(b, a), 5);

    Files.write(a, new byte[] {9, 9, 9});

    assertThat(sizes).startsWith("sha256-sizes:").isEqualTo(DataHash.of(dir, List.of(a, b), 5));
    assertThat(DataHash.of(dir, List.of(a, b), 6)).startsWith("sha256:");
    Files.write(a, new byte[] {9, 9});
    assertThat(DataHash.of(dir, List.of(a, b), 4)).isNotEqualTo(sizes);
  }
}
