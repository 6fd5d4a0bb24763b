package ai.binealnet.core.data;

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
