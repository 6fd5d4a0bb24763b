package ai.binealnet.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class OpenCvTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldNeedNoWindows() throws IOException {
    OpenCv.version();

    String mapped = Files.readString(Path.of("/proc/self/maps"));
    assertThat(mapped.contains("libopencv_java")).as("OpenCV is loaded").isTrue();
    assertThat(mapped.contains("libopencv_highgui")).as("highgui is loaded").isFalse();
    assertThat(mapped.contains("libgtk")).as("GTK is loaded").isFalse();
  }
}
