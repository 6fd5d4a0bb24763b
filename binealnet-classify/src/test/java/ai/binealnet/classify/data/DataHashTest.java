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
}
