package ai.binealnet.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.report.LineCharts.Panel;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineChartsTest {
  @TempDir Path folder;

  @Test
  void shouldDrawPanelsBelowEachOther() throws Exception {
    Path file = folder.resolve("lines.png");
    double[] x = {1, 2, 4};
    Panel panel = new Panel("title", "x", "y", x, Map.of("line", new double[] {3, 1, 2}));
    LineCharts.write(List.of(panel, panel), file);

    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(900);
    assertThat(image.getHeight()).isEqualTo(640);
    int[] upper = image.getRGB(0, 0, 900, 320, null, 0, 900);
    assertThat(image.getRGB(0, 320, 900, 320, null, 0, 900)).isEqualTo(upper);
    assertThat(upper).contains(0xffffffff);
  }

  @Test
  void shouldDrawFractions() throws Exception {
    Path file = folder.resolve("curves.png");
    LineCharts.Line line = new LineCharts.Line(new double[] {0, 0.5, 1}, new double[] {1, 0.9, 0});
    LineCharts.writeFractions("title", "x", "y", Map.of("line", line), file);

    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(900);
    assertThat(image.getHeight()).isEqualTo(640);
    int[] pixels = image.getRGB(0, 0, 900, 640, null, 0, 900);
    assertThat(pixels).as("something is drawn").contains(0xffffffff).contains(0xff000000);
  }
}
