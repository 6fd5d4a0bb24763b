package ai.binealnet.core.report;

import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Line charts, one below the other, in one PNG file. */
public final class LineCharts {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 320;

  private LineCharts() {}

  /**
   * One chart with a logarithmic x axis.
   *
   * @param title above it
   * @param xTitle what x is
   * @param yTitle what y is
   * @param x positive values, in order
   * @param lines y for every x, by the line's name, in the order of drawing
   */
  public record Panel(
      String title, String xTitle, String yTitle, double[] x, Map<String, double[]> lines) {}

  /**
   * A line through points.
   *
   * @param x in order
   * @param y as many
   */
  public record Line(double[] x, double[] y) {}

  /**
   * Draws lines whose coordinates are fractions of one, such as precision over recall.
   *
   * @param lines by their names, in the order of drawing; at least one, none empty
   */
  public static void writeFractions(
      String title, String xTitle, String yTitle, Map<String, Line> lines, Path file) {
    XYChart chart = chart(title, xTitle, yTitle, 2 * HEIGHT);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0);
    chart.getStyler().setYAxisMax(1.0);
    lines.forEach(
        (name, line) -> chart.addSeries(name, line.x(), line.y()).setMarker(SeriesMarkers.NONE));
    Pictures.write(Pictures.stack(List.of(chart), WIDTH, 2 * HEIGHT), file);
  }

  /** Draws panels into a file. */
  public static void write(List<Panel> panels, Path file) {
    Pictures.write(
        Pictures.stack(panels.stream().map(LineCharts::chart).toList(), WIDTH, HEIGHT), file);
  }

  private static XYChart chart(Panel panel) {
    XYChart chart = chart(panel.title(), panel.xTitle(), panel.yTitle(), HEIGHT);
    chart.getStyler().setXAxisLogarithmic(true);
    panel
        .lines()
        .forEach((name, y) -> chart.addSeries(name, panel.x(), y).setMarker(SeriesMarkers.NONE));
    return chart;
  }

  private static XYChart chart(String title, String xTitle, String yTitle, int height) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(height)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setYAxisMin(0.0);
    return chart;
  }
}
