package ai.binealnet.core.report;

import ai.binealnet.core.data.Canvas;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Small histograms in a grid, all over the same range, so that they can be compared. */
public final class HistogramPicture {
  private static final int COLUMNS = 4;
  private static final int WIDTH = 240;
  private static final int HEIGHT = 130;
  private static final int GAP = 14;
  private static final int LINE = 14;
  private static final int BINS = 40;
  private static final Color BAR = new Color(0x3b, 0x6e, 0xb5);
  private static final Color AXIS = new Color(0x9a, 0xa0, 0xa6);
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

  private HistogramPicture() {}

  /**
   * Draws one histogram for each entry. Values beyond {@code -range} and {@code range} are counted
   * in the outermost bars; what is no number is only counted in the caption.
   *
   * @param range positive
   */
  public static void write(String title, Map<String, float[]> values, float range, Path file) {
    int rows = (values.size() + COLUMNS - 1) / COLUMNS;
    int top = GAP + 2 * LINE;
    BufferedImage canvas =
        new BufferedImage(
            GAP + COLUMNS * (WIDTH + GAP), top + rows * (HEIGHT + GAP), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = Canvas.graphics(canvas);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
    graphics.setColor(Color.BLACK);
    graphics.setFont(FONT.deriveFont(Font.BOLD, 14f));
    graphics.drawString(title, GAP, GAP + LINE);
    graphics.setFont(FONT);
    int place = 0;
    for (Map.Entry<String, float[]> entry : values.entrySet()) {
      int x = GAP + place % COLUMNS * (WIDTH + GAP);
      int y = top + place / COLUMNS * (HEIGHT + GAP);
      draw(graphics, entry.getKey(), entry.getValue(), range, x, y);
      place++;
    }
    graphics.dispose();
    Pictures.write(canvas, file);
  }

  private static void draw(
      Graphics2D graphics, String name, float[] values, float range, int left, int top) {
    int[] counts = new int[BINS];
    int undefined = 0;
    for (float value : values) {
      if (Float.isNaN(value)) {
        undefined++;
      } else {
        counts[bin(value, range)]++;
      }
    }
    int most = 1;
    for (int count : counts) {
      most = Math.max(most, count);
    }
    graphics.setColor(Color.BLACK);
    String note = undefined == 0 ? "" : ", " + undefined + " undefined";
    graphics.drawString(name + "  (" + values.length + note + ")", left, top + LINE - 2);
    int base = top + HEIGHT - LINE;
    int room = HEIGHT - 2 * LINE - 2;
    graphics.setColor(BAR);
    for (int b = 0; b < BINS; b++) {
      int height = (int) Math.ceil((double) room * counts[b] / most);
      int x = left + b * WIDTH / BINS;
      graphics.fillRect(x, base - height, left + (b + 1) * WIDTH / BINS - x - 1, height);
    }
    graphics.setColor(AXIS);
    graphics.drawLine(left, base, left + WIDTH, base);
    graphics.drawLine(left + WIDTH / 2, base, left + WIDTH / 2, base + 3);
    String end = String.format(Locale.ROOT, "%.3g", range);
    graphics.drawString("-" + end, left, base + LINE - 2);
    graphics.drawString("0", left + WIDTH / 2 + 3, base + LINE - 2);
    int width = graphics.getFontMetrics().stringWidth(end);
    graphics.drawString(end, left + WIDTH - width, base + LINE - 2);
  }

  private static int bin(float value, float range) {
    double place = (value + range) / (2.0 * range) * BINS;
    return (int) Math.max(0, Math.min(BINS - 1, Math.floor(place)));
  }
}
