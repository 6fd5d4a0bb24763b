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

  /** Draws panels into a file. */
  public static void write(List<Panel> panels, Path file) {
    Pictures.write(
        Pictures.stack(panels.stream().map(LineCharts::chart).toList(), WIDTH, HEIGHT), file);
  }

  private static XYChart chart(Panel panel) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(panel.title())
            .xAxisTitle(panel.xTitle())
            .yAxisTitle(panel.yTitle())
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setYAxisMin(0.0);
    panel
        .lines()
        .forEach((name, y) -> chart.addSeries(name, panel.x(), y).setMarker(SeriesMarkers.NONE));
    return chart;
  }
}
