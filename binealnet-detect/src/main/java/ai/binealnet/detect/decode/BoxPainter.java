package ai.binealnet.detect.decode;

import ai.binealnet.core.data.Canvas;
import ai.binealnet.core.data.Image;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/**
 * Draws boxes with classes and scores, one colour for each class.
 *
 * @param classes names in the order of the labels
 */
public record BoxPainter(List<String> classes) {
  /** The golden section, by which hues of any number of classes stay apart. */
  private static final float HUE_STEP = 0.618034f;

  private static final int PIXELS_PER_STROKE = 400;
  private static final int PIXELS_PER_FONT_SIZE = 45;
  private static final int SMALLEST_FONT = 9;
  private static final int LARGEST_FONT = 40;

  /** Copies the list. */
  public BoxPainter {
    classes = List.copyOf(classes);
  }

  /** A copy of the picture with the detections on it, the best on top. */
  public Image draw(Image image, List<Detection> detections) {
    return draw(image, detections, List.of());
  }

  /**
   * A copy of the picture with the detections on it, and thin white lines where they should be.
   *
   * @param truth boxes that people drew
   */
  public Image draw(Image image, List<Detection> detections, List<Box> truth) {
    BufferedImage canvas = Canvas.of(image);
    Graphics2D graphics = Canvas.graphics(canvas);
    int side = Math.max(image.height(), image.width());
    int font = Math.max(SMALLEST_FONT, Math.min(LARGEST_FONT, side / PIXELS_PER_FONT_SIZE));
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, font));
    graphics.setColor(Color.WHITE);
    graphics.setStroke(new BasicStroke(1));
    truth.forEach(box -> graphics.draw(rectangle(box)));
    graphics.setStroke(new BasicStroke(1.5f + (float) side / PIXELS_PER_STROKE));
    for (int i = detections.size() - 1; i >= 0; i--) {
      draw(graphics, detections.get(i), image.width());
    }
    graphics.dispose();
    return Canvas.image(canvas);
  }

  private static Rectangle2D rectangle(Box box) {
    return new Rectangle2D.Double(box.x1(), box.y1(), box.width(), box.height());
  }

  private void draw(Graphics2D graphics, Detection found, int width) {
    Color color = color(found.label());
    graphics.setColor(color);
    graphics.draw(rectangle(found.box()));
    String text = String.format(Locale.ROOT, "%s %.2f", classes.get(found.label()), found.score());
    FontMetrics font = graphics.getFontMetrics();
    int length = font.stringWidth(text) + 2;
    int x = (int) Math.max(0, Math.min(found.box().x1(), width - length));
    int y = (int) Math.max(font.getHeight(), found.box().y1());
    graphics.fillRect(x, y - font.getHeight(), length, font.getHeight());
    graphics.setColor(luma(color) > 140 ? Color.BLACK : Color.WHITE);
    graphics.drawString(text, x + 1, y - font.getDescent());
  }

  /** The colour of a class, the same for every picture. */
  static Color color(int label) {
    return Color.getHSBColor(label * HUE_STEP % 1, 0.85f, 0.95f);
  }

  private static double luma(Color color) {
    return 0.299 * color.getRed() + 0.587 * color.getGreen() + 0.114 * color.getBlue();
  }
}
