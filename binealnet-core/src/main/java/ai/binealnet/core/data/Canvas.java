package ai.binealnet.core.data;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Drawing on pictures with Java's own graphics. */
public final class Canvas {
  private Canvas() {}

  /** A copy of a picture to draw on, in RGB. */
  public static BufferedImage of(Image image) {
    int width = image.width();
    int[] argb = new int[image.height() * width];
    byte[] pixels = image.pixels();
    int channels = image.channels();
    for (int i = 0, p = 0; i < argb.length; i++, p += channels) {
      int red = pixels[p] & 0xff;
      int green = pixels[p + channels / 2] & 0xff;
      int blue = pixels[p + channels - 1] & 0xff;
      argb[i] = red << 16 | green << 8 | blue;
    }
    BufferedImage canvas = new BufferedImage(width, image.height(), BufferedImage.TYPE_INT_RGB);
    canvas.setRGB(0, 0, width, image.height(), argb, 0, width);
    return canvas;
  }

  /** The picture that was drawn, in RGB. */
  public static Image image(BufferedImage canvas) {
    int width = canvas.getWidth();
    int height = canvas.getHeight();
    int[] argb = canvas.getRGB(0, 0, width, height, null, 0, width);
    byte[] pixels = new byte[3 * argb.length];
    for (int i = 0; i < argb.length; i++) {
      pixels[3 * i] = (byte) (argb[i] >> 16);
      pixels[3 * i + 1] = (byte) (argb[i] >> 8);
      pixels[3 * i + 2] = (byte) argb[i];
    }
    return new Image(height, width, 3, pixels);
  }

  /** Graphics with smooth edges and texts; dispose of it. */
  public static Graphics2D graphics(BufferedImage canvas) {
    Graphics2D graphics = canvas.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    return graphics;
  }
}
