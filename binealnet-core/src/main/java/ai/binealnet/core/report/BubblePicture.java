package ai.binealnet.core.report;

import ai.binealnet.core.data.Canvas;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BubbleChart;
import org.knowm.xchart.BubbleChartBuilder;
import org.knowm.xchart.BubbleSeries;
import org.knowm.xchart.style.BubbleStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Things that differ in three numbers, as bubbles of different area in a plane. */
public final class BubblePicture {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 540;

  /** Of the largest bubble, in pixels. */
  private static final double DIAMETER = 84;

  /** The smallest bubble that is still seen, in pixels. */
  private static final double LEAST_DIAMETER = 8;

  /** Free space beside the outermost bubbles, as a part of the range of y. */
  private static final double MARGIN = 0.25;

  /** The range of y is never smaller: tenths of a percent must not look like a cliff. */
  private static final double LEAST_RANGE = 4;

  /** Between the ticks of the y axis and texts, in pixels. */
  private static final int AXIS_GAP = 12;

  private static final int ALPHA = 150;
  private static final int FONT_SIZE = 13;

  private static final List<Color> COLORS =
      List.of(
          new Color(0x1f, 0x77, 0xb4),
          new Color(0xe6, 0x7e, 0x22),
          new Color(0x7a, 0x85, 0x8e),
          new Color(0x2e, 0xa0, 0x43),
          new Color(0x8e, 0x5b, 0xb5));

  /**
   * One bubble.
   *
   * @param group shares a colour and a line of the legend
   * @param label text beside it
   * @param x 0 or more
   * @param y of any sign
   * @param size above 0; the area is proportional to it
   */
  public record Bubble(String group, String label, double x, double y, double size) {}

  private BubblePicture() {}

  /**
   * Draws a picture; x begins with 0.
   *
   * @param title above it
   * @param xTitle what x is
   * @param yTitle what y is
   * @param bubbles at least one
   * @return the bytes of a PNG file
   */
  public static byte[] png(String title, String xTitle, String yTitle, List<Bubble> bubbles) {
    BubbleChart chart =
        new BubbleChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    style(chart.getStyler(), bubbles);
    double largest = max(bubbles, Bubble::size);
    Map<String, List<Bubble>> groups = new LinkedHashMap<>();
    for (Bubble bubble : bubbles) {
      groups.computeIfAbsent(bubble.group(), name -> new ArrayList<>()).add(bubble);
    }
    int color = 0;
    for (Map.Entry<String, List<Bubble>> group : groups.entrySet()) {
      Color line = COLORS.get(color++ % COLORS.size());
      BubbleSeries series =
          chart.addSeries(
              group.getKey(),
              numbers(group.getValue(), Bubble::x),
              numbers(group.getValue(), Bubble::y),
              numbers(group.getValue(), bubble -> diameter(bubble, largest)));
      series.setFillColor(new Color(line.getRed(), line.getGreen(), line.getBlue(), ALPHA));
      series.setLineColor(line.darker());
      series.setLineStyle(new BasicStroke(1));
    }
    BufferedImage image = BitmapEncoder.getBufferedImage(chart);
    label(image, chart, bubbles, largest);
    return Pictures.png(image);
  }

  private static void style(BubbleStyler styler, List<Bubble> bubbles) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, FONT_SIZE + 2));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE - 1));
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE));
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE);
    double low = -max(bubbles, bubble -> -bubble.y());
    double high = max(bubbles, Bubble::y);
    double margin = MARGIN * Math.max(LEAST_RANGE, high - low);
    styler.setXAxisMin(0.0);
    styler.setXAxisMax(max(bubbles, Bubble::x) * (1 + MARGIN));
    styler.setYAxisMin(low - margin);
    styler.setYAxisMax(high + margin);
  }

  /** Texts go on top of the finished picture, because only then the places of bubbles are known. */
  private static void label(
      BufferedImage image, BubbleChart chart, List<Bubble> bubbles, double largest) {
    Graphics2D graphics = Canvas.graphics(image);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE));
    graphics.setColor(Color.BLACK);
    List<Rectangle> places = new ArrayList<>();
    for (Bubble bubble : bubbles) {
      int diameter = (int) Math.ceil(diameter(bubble, largest));
      places.add(
          new Rectangle(
              (int) (chart.getScreenXFromChart(bubble.x()) - diameter / 2.0),
              (int) (chart.getScreenYFromChart(bubble.y()) - diameter / 2.0),
              diameter,
              diameter));
    }
    Labels labels = new Labels(graphics, plot(image, chart));
    labels.avoid(places);
    for (int i = 0; i < bubbles.size(); i++) {
      labels.draw(bubbles.get(i).label(), places.get(i));
    }
    graphics.dispose();
  }

  /** From the y axis to the right edge, between the ends of the y axis. */
  private static Rectangle plot(BufferedImage image, BubbleChart chart) {
    int left = (int) Math.ceil(chart.getYAxisLeftWidth()) + AXIS_GAP;
    int top = (int) chart.getScreenYFromChart(chart.getStyler().getYAxisMax());
    int bottom = (int) chart.getScreenYFromChart(chart.getStyler().getYAxisMin());
    return new Rectangle(left, top, image.getWidth() - left, bottom - top);
  }

  private static double diameter(Bubble bubble, double largest) {
    return Math.max(LEAST_DIAMETER, DIAMETER * Math.sqrt(bubble.size() / largest));
  }

  private static double max(List<Bubble> bubbles, ToDoubleFunction<Bubble> number) {
    return bubbles.stream().mapToDouble(number).max().orElseThrow();
  }

  private static double[] numbers(List<Bubble> bubbles, ToDoubleFunction<Bubble> number) {
    return bubbles.stream().mapToDouble(number).toArray();
  }
}
