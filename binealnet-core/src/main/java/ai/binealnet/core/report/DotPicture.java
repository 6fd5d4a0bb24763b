package ai.binealnet.core.report;

import ai.binealnet.core.data.Canvas;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.DoubleStream;

/**
 * A table of results as a picture: for each row the single results as dots, their mean as a bar
 * across them, and a published value as a diamond.
 */
public final class DotPicture {
  /**
   * One row.
   *
   * @param name at the left
   * @param published value to compare with, or null
   * @param mean of the points, or null
   * @param points single results
   */
  public record Line(String name, Double published, Double mean, List<Double> points) {}

  private static final int WIDTH = 900;
  private static final int ROW = 34;
  private static final int MARGIN = 24;
  private static final int TOP = 70;
  private static final int BOTTOM = 50;
  private static final int TICKS = 5;
  private static final int DOT = 8;
  private static final int BAR = 9;
  private static final double[] STEPS = {1, 2, 5, 10};
  private static final Color OURS = new Color(0x1f, 0x5f, 0xbf);
  private static final Color PUBLISHED = new Color(0xd9, 0x6b, 0x0b);
  private static final Color GRID = new Color(0xdd, 0xdd, 0xdd);
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  private final Graphics2D graphics;
  private final List<Line> lines;
  private final int left;
  private final double step;
  private final double low;
  private final double high;

  private DotPicture(Graphics2D graphics, List<Line> lines) {
    this.graphics = graphics;
    this.lines = lines;
    graphics.setFont(FONT);
    left =
        2 * MARGIN
            + lines.stream()
                .mapToInt(line -> graphics.getFontMetrics().stringWidth(line.name()))
                .max()
                .orElse(0);
    double[] values =
        lines.stream()
            .flatMapToDouble(
                line ->
                    DoubleStream.concat(
                        line.points().stream().mapToDouble(Double::doubleValue),
                        Objects.isNull(line.published())
                            ? DoubleStream.empty()
                            : DoubleStream.of(line.published())))
            .toArray();
    double least = DoubleStream.of(values).min().orElse(0);
    double most = DoubleStream.of(values).max().orElse(1);
    step = step(Math.max(most - least, 1e-3) / TICKS);
    low = step * Math.floor(least / step - 0.25);
    high = step * Math.ceil(most / step + 0.25);
  }

  /** 1, 2 or 5 times a power of ten, the next one that is not smaller. */
  private static double step(double smallest) {
    double power = Math.pow(10, Math.floor(Math.log10(smallest)));
    for (double factor : STEPS) {
      if (factor * power >= smallest) {
        return factor * power;
      }
    }
    return STEPS[STEPS.length - 1] * power;
  }

  /**
   * The bytes of a PNG file.
   *
   * @param axis what the values are
   */
  public static byte[] png(String title, String axis, List<Line> lines) {
    int height = TOP + lines.size() * ROW + BOTTOM;
    BufferedImage canvas = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = Canvas.graphics(canvas);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, WIDTH, height);
    DotPicture picture = new DotPicture(graphics, lines);
    picture.frame(title, axis);
    for (int i = 0; i < lines.size(); i++) {
      picture.line(lines.get(i), TOP + i * ROW + ROW / 2);
    }
    graphics.dispose();
    return Pictures.png(canvas);
  }

  private int x(double value) {
    return left + (int) Math.round((value - low) / (high - low) * (WIDTH - MARGIN - left));
  }

  private void frame(String title, String axis) {
    graphics.setColor(Color.BLACK);
    graphics.setFont(FONT.deriveFont(Font.BOLD, 15f));
    graphics.drawString(title, MARGIN, MARGIN);
    graphics.setFont(FONT);
    legend(left, MARGIN + 24);
    int bottom = TOP + lines.size() * ROW;
    int digits = (int) Math.max(0, -Math.floor(Math.log10(step)));
    long ticks = Math.round((high - low) / step);
    for (long tick = 0; tick <= ticks; tick++) {
      double value = low + tick * step;
      graphics.setColor(GRID);
      graphics.drawLine(x(value), TOP, x(value), bottom);
      graphics.setColor(Color.BLACK);
      centred(String.format(Locale.ROOT, "%." + digits + "f", value), x(value), bottom + 18);
    }
    centred(axis, (left + WIDTH - MARGIN) / 2, bottom + 38);
  }

  private void centred(String text, int x, int y) {
    graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text) / 2, y);
  }

  private void legend(int from, int y) {
    dot(from, y);
    graphics.setColor(Color.BLACK);
    graphics.drawString("a training", from + 10, y + 5);
    bar(from + 110, y);
    graphics.setColor(Color.BLACK);
    graphics.drawString("mean", from + 120, y + 5);
    diamond(from + 190, y);
    graphics.setColor(Color.BLACK);
    graphics.drawString("published", from + 202, y + 5);
  }

  private void line(Line line, int y) {
    graphics.setColor(GRID);
    graphics.setStroke(new BasicStroke(1));
    graphics.drawLine(left, y, WIDTH - MARGIN, y);
    graphics.setColor(Color.BLACK);
    graphics.drawString(line.name(), MARGIN, y + 5);
    if (line.published() != null) {
      diamond(x(line.published()), y);
    }
    line.points().forEach(point -> dot(x(point), y));
    if (line.mean() != null) {
      bar(x(line.mean()), y);
    }
  }

  private void dot(int x, int y) {
    graphics.setColor(OURS);
    graphics.fillOval(x - DOT / 2, y - DOT / 2, DOT, DOT);
  }

  private void bar(int x, int y) {
    graphics.setColor(OURS);
    graphics.setStroke(new BasicStroke(3));
    graphics.drawLine(x, y - BAR, x, y + BAR);
    graphics.setStroke(new BasicStroke(1));
  }

  private void diamond(int x, int y) {
    graphics.setColor(PUBLISHED);
    graphics.setStroke(new BasicStroke(2));
    int r = DOT - 1;
    graphics.drawPolygon(new int[] {x - r, x, x + r, x}, new int[] {y, y - r, y, y + r}, 4);
    graphics.setStroke(new BasicStroke(1));
  }
}
