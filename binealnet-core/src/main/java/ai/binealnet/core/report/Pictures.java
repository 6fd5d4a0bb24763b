package ai.binealnet.core.report;

import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.data.Image;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;

/** Between this project's images, AWT's and PNG files. */
final class Pictures {
  private Pictures() {}

  static BufferedImage awt(Image image) {
    BufferedImage out =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    int last = image.channels() - 1;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int red = image.at(y, x, 0);
        int green = image.at(y, x, last / 2);
        int blue = image.at(y, x, last);
        out.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    return out;
  }

  static Graphics2D draw(BufferedImage canvas) {
    Graphics2D graphics = canvas.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    return graphics;
  }

  /** Charts of one size below each other. */
  static BufferedImage stack(List<XYChart> charts, int width, int height) {
    BufferedImage canvas =
        new BufferedImage(width, height * charts.size(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = draw(canvas);
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
