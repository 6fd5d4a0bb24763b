package ai.binealnet.superres.decode;

import ai.binealnet.core.data.Canvas;
import ai.binealnet.core.data.Image;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Pictures beside each other, each with a caption, for people to compare. */
public final class SideBySide {
  /**
   * A picture of the row.
   *
   * @param caption a few words below it
   */
  public record Panel(String caption, Image image) {}

  private static final int GAP = 8;
  private static final int LINE = 22;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  private SideBySide() {}

  /** The row as one picture, pixel for pixel; panels of any sizes, at least one. */
  public static Image of(List<Panel> panels) {
    int height = panels.stream().mapToInt(panel -> panel.image.height()).max().orElseThrow();
    int width = panels.stream().mapToInt(panel -> panel.image.width() + GAP).sum() - GAP;
    BufferedImage canvas = new BufferedImage(width, height + LINE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = Canvas.graphics(canvas);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height + LINE);
    graphics.setColor(Color.BLACK);
    graphics.setFont(FONT);
    int x = 0;
    for (Panel panel : panels) {
      graphics.drawImage(Canvas.of(panel.image), x, 0, null);
      graphics.drawString(panel.caption, x + 2, height + LINE - 6);
      x += panel.image.width() + GAP;
    }
    graphics.dispose();
    return Canvas.image(canvas);
  }
}
