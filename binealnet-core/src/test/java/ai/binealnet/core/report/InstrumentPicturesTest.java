package ai.binealnet.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.instrument.LayerRow;
import ai.binealnet.core.instrument.Measure;
import ai.binealnet.core.nn.BinaryActivation;
import ai.binealnet.core.train.RunFolder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstrumentPicturesTest {
  @TempDir private Path dir;

  private static long ink(Path picture) throws IOException {
    BufferedImage image = ImageIO.read(picture.toFile());
    long ink = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        ink += image.getRGB(x, y) == 0xffffffff ? 0 : 1;
      }
    }
    return ink;
  }

  @Test
  void shouldDrawALineForEachLayer() throws IOException {
    List<LayerRow> rows = new ArrayList<>();
    for (int epoch = 1; epoch <= 3; epoch++) {
      for (int layer = 0; layer < 30; layer++) {
        Map<String, Double> measures = Map.of(Measure.FLIP_RATIO, 1.0 / (epoch + layer));
        rows.add(new LayerRow(epoch, "layer" + layer, "binary_weight", measures));
      }
    }
    Path file = dir.resolve("flips.png");

    assertThat(LayerCurves.write("flips", rows, Measure.FLIP_RATIO, file)).isTrue();
    assertThat(ImageIO.read(file.toFile()).getHeight()).isGreaterThan(600);
    assertThat(LayerCurves.write("dead", rows, Measure.DEAD, dir.resolve("no.png"))).isFalse();
    assertThat(dir.resolve("no.png")).doesNotExist();
  }

  @Test
  void shouldDrawThresholdsEvenIfSomeAreNoNumbers() throws IOException {
    Map<String, float[]> thresholds = new LinkedHashMap<>();
    thresholds.put("a", new float[] {Float.NaN, Float.NEGATIVE_INFINITY, -1, 0, 0.5f, 100});
    Path one = dir.resolve("one.png");
    HistogramPicture.write("thresholds", thresholds, 2, one);
    thresholds.put("b", new float[] {0});
    Path two = dir.resolve("two.png");
    HistogramPicture.write("thresholds", thresholds, 2, two);

    assertThat(ink(two)).isGreaterThan(ink(one));
  }

  @Test
  void shouldDrawWhatThereIs() {
    List<Parameter> parameters = new BinaryActivation("act", 8, 1, true).parameters();
    InstrumentPictures.write(new RunFolder(dir.resolve("run")), parameters);
    InstrumentPictures.write(new RunFolder(dir.resolve("real")), List.of());

    assertThat(dir.resolve("run/pictures/thresholds.png")).exists();
    assertThat(dir.resolve("run/pictures/flips.png")).doesNotExist();
    assertThat(dir.resolve("real/pictures")).isEmptyDirectory();
  }
}
