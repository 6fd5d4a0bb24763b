package ai.binealnet.core.report;

import ai.binealnet.core.data.Canvas;
import ai.binealnet.core.data.Image;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/** Many pictures in a grid, each with a caption and a coloured frame. */
public final class ContactSheet {
  /** Whether a result is known to be right. */
  public enum Verdict {
    /** Green frame. */
    RIGHT(new Color(0x2e, 0xa0, 0x43)),
    /** Red frame. */
    WRONG(new Color(0xd7, 0x3a, 0x49)),
    /** Grey frame: nobody knows. */
    UNKNOWN(new Color(0x9a, 0xa0, 0xa6));

    private final Color color;

    Verdict(Color color) {
      this.color = color;
    }
  }

  /**
   * One picture of the sheet.
   *
   * @param image the picture, of any size
   * @param caption lines below it; cut where they are too long
   * @param verdict colour of the frame
   */
  public record Cell(Image image, List<String> caption, Verdict verdict) {}

  private static final int SIDE = 128;
  private static final int GAP = 14;
  private static final int LINE = 15;
  private static final int COLUMNS = 8;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  private ContactSheet() {}

  /** Writes a sheet; at least one cell. */
  public static void write(String title, List<Cell> cells, Path file) {
    int lines = cells.stream().mapToInt(cell -> cell.caption().size()).max().orElseThrow();
    int columns = Math.min(COLUMNS, cells.size());
    int rows = (cells.size() + columns - 1) / columns;
    int cellHeight = SIDE + lines * LINE + GAP;
    int top = GAP + 2 * LINE;
    BufferedImage canvas =
        new BufferedImage(
            Math.max(4 * SIDE, GAP + columns * (SIDE + GAP)),
            top + rows * cellHeight,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = Canvas.graphics(canvas);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
    graphics.setColor(Color.BLACK);
    graphics.setFont(FONT.deriveFont(Font.BOLD, 14f));
    graphics.drawString(title, GAP, GAP + LINE);
    graphics.setFont(FONT);
    for (int i = 0; i < cells.size(); i++) {
      int x = GAP + i % columns * (SIDE + GAP);
      draw(graphics, cells.get(i), x, top + i / columns * cellHeight);
    }
    graphics.dispose();
    Pictures.write(canvas, file);
  }

  private static void draw(Graphics2D graphics, Cell cell, int x, int y) {
    Image image = cell.image();
    double scale = (double) SIDE / Math.max(image.height(), image.width());
    int width = Math.max(1, (int) Math.round(image.width() * scale));
    int height = Math.max(1, (int) Math.round(image.height() * scale));
    // Small pictures show their own pixels, large ones are smoothed.
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        scale > 1
            ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
            : RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(
        Canvas.of(image), x + (SIDE - width) / 2, y + (SIDE - height) / 2, width, height, null);
    graphics.setColor(cell.verdict().color);
    graphics.setStroke(new BasicStroke(3));
    graphics.drawRect(x - 1, y - 1, SIDE + 1, SIDE + 1);
    graphics.setColor(Color.BLACK);
    for (int i = 0; i < cell.caption().size(); i++) {
      graphics.drawString(
          fitting(graphics.getFontMetrics(), cell.caption().get(i)), x, y + SIDE + (i + 1) * LINE);
    }
  }

  private static String fitting(FontMetrics font, String text) {
    String shown = text;
    while (shown.length() > 1 && font.stringWidth(shown) > SIDE) {
      shown = shown.substring(0, shown.length() - 2) + "\u2026";
    }
    return shown;
  }
}
