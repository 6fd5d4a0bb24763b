package ai.binealnet.core.report;

import ai.binealnet.core.data.Canvas;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Fractions of one as horizontal bars, such as the score of each class. */
public final class BarPicture {
  private static final int LINE = 24;
  private static final int GAP = 12;
  private static final int LENGTH = 480;
  private static final int VALUE_WIDTH = 60;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final Color TRACK = new Color(0xee, 0xf0, 0xf2);
  private static final Color BAR = new Color(0x2f, 0x6f, 0xb5);

  private BarPicture() {}

  /**
   * Writes the picture.
   *
   * @param values in [0, 1] by name, in their order; NaN for a value that does not exist
   */
  public static void write(String title, Map<String, Double> values, Path file) {
    int left = namesWidth(values) + 2 * GAP;
    BufferedImage canvas =
        new BufferedImage(
            left + LENGTH + VALUE_WIDTH + GAP,
            (values.size() + 1) * LINE + 2 * GAP,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = Canvas.graphics(canvas);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
    graphics.setColor(Color.BLACK);
    graphics.setFont(FONT.deriveFont(Font.BOLD));
    graphics.drawString(title, left, GAP + LINE / 2);
    graphics.setFont(FONT);
    int y = GAP + LINE;
    for (Map.Entry<String, Double> entry : values.entrySet()) {
      draw(graphics, entry.getKey(), entry.getValue(), left, y);
      y += LINE;
    }
    graphics.dispose();
    Pictures.write(canvas, file);
  }

  private static void draw(Graphics2D graphics, String name, double value, int left, int y) {
    boolean exists = !Double.isNaN(value);
    graphics.setColor(TRACK);
    graphics.fillRect(left, y + 3, LENGTH, LINE - 6);
    graphics.setColor(BAR);
    graphics.fillRect(left, y + 3, exists ? (int) Math.round(LENGTH * value) : 0, LINE - 6);
    graphics.setColor(Color.BLACK);
    FontMetrics font = graphics.getFontMetrics();
    int base = y + (LINE + font.getAscent()) / 2 - 2;
    graphics.drawString(name, left - GAP - font.stringWidth(name), base);
    String text = exists ? String.format(Locale.ROOT, "%.1f %%", 100 * value) : "none";
    graphics.drawString(text, left + LENGTH + GAP / 2, base);
  }

  private static int namesWidth(Map<String, Double> values) {
    Graphics2D graphics = Canvas.graphics(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));
    FontMetrics font = graphics.getFontMetrics(FONT);
    int width = values.keySet().stream().mapToInt(font::stringWidth).max().orElse(0);
    graphics.dispose();
    return width;
  }
}
