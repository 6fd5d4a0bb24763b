package ai.binealnet.core.report;

import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.data.Canvas;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;

/** Charts to pictures, pictures to PNG files. */
final class Pictures {
  private Pictures() {}

  /** Charts of one size below each other. */
  static BufferedImage stack(List<XYChart> charts, int width, int height) {
    BufferedImage canvas =
        new BufferedImage(width, height * charts.size(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = Canvas.graphics(canvas);
    for (int i = 0; i < charts.size(); i++) {
      graphics.drawImage(BitmapEncoder.getBufferedImage(charts.get(i)), 0, i * height, null);
    }
    graphics.dispose();
    return canvas;
  }

  static void write(BufferedImage image, Path file) {
    AtomicFiles.write(file, png(image));
  }

  /** The bytes of a PNG file. */
  static byte[] png(BufferedImage image) {
    try {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      if (!ImageIO.write(image, "png", png)) {
        throw new IllegalStateException("this Java writes no PNG");
      }
      return png.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }
}
