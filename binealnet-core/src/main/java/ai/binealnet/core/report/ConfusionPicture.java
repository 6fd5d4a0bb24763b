package ai.binealnet.core.report;

import ai.binealnet.core.data.Canvas;
import ai.binealnet.core.metric.ConfusionMatrix;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;

/** A confusion matrix as a picture: rows are true classes, columns what they were taken for. */
public final class ConfusionPicture {
  private static final int MAX_SIDE = 2000;
  private static final int CELL = 48;
  private static final int MARGIN = 120;

  private ConfusionPicture() {}

  /** Writes the picture; cells are shaded by their share of the row. */
  public static void write(ConfusionMatrix matrix, Path file) {
    int classes = matrix.classes().size();
    int cell = Math.max(1, Math.min(CELL, (MAX_SIDE - MARGIN) / classes));
    int side = MARGIN + classes * cell + 10;
    BufferedImage canvas = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = Canvas.graphics(canvas);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, side, side);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, Math.max(6, Math.min(12, cell - 2))));
    for (int label = 0; label < classes; label++) {
      names(graphics, matrix.classes().get(label), label, cell);
      long total = Math.max(1, matrix.labelled(label));
      for (int predicted = 0; predicted < classes; predicted++) {
        cell(graphics, matrix.count(label, predicted), total, label, predicted, cell);
      }
    }
    graphics.dispose();
    Pictures.write(canvas, file);
  }

  private static void names(Graphics2D graphics, String name, int label, int cell) {
    FontMetrics font = graphics.getFontMetrics();
    if (font.getAscent() > cell) {
      return; // too many classes to name
    }
    int middle = MARGIN + label * cell + cell / 2;
    graphics.setColor(Color.BLACK);
    graphics.drawString(
        name, Math.max(2, MARGIN - 6 - font.stringWidth(name)), middle + font.getAscent() / 2);
    Graphics2D turned = (Graphics2D) graphics.create();
    turned.rotate(-Math.PI / 2, middle, MARGIN - 6);
    turned.drawString(name, middle, MARGIN - 6 + font.getAscent() / 2);
    turned.dispose();
  }

  private static void cell(
      Graphics2D graphics, long count, long total, int label, int predicted, int cell) {
    float share = (float) count / total;
    int x = MARGIN + predicted * cell;
    int y = MARGIN + label * cell;
    int light = Math.round(255 * (1 - share));
    graphics.setColor(
        label == predicted
            ? new Color(light, 255 - (255 - light) / 3, light)
            : new Color(255, light, light));
    graphics.fillRect(x, y, cell, cell);
    FontMetrics font = graphics.getFontMetrics();
    String text = Long.toString(count);
    if (count > 0 && font.stringWidth(text) < cell && font.getAscent() < cell) {
      graphics.setColor(Color.BLACK);
      graphics.drawString(
          text, x + (cell - font.stringWidth(text)) / 2, y + (cell + font.getAscent()) / 2);
    }
  }
}
