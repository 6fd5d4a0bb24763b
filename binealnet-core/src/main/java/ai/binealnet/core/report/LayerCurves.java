package ai.binealnet.core.report;

import ai.binealnet.core.instrument.LayerRow;
import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A measure of every layer over the epochs; the first layers in blue, the last ones in red. */
public final class LayerCurves {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 420;
  private static final int LEGEND_LINE = 22;
  private static final float BLUE = 0.66f;

  private LayerCurves() {}

  /**
   * Draws a measure into a file.
   *
   * @param rows of the log of layers; those without the measure are left out
   * @return whether there was something to draw
   */
  public static boolean write(String title, List<LayerRow> rows, String measure, Path file) {
    Map<String, List<LayerRow>> layers = new LinkedHashMap<>();
    rows.stream()
        .filter(row -> Double.isFinite(row.measures().getOrDefault(measure, Double.NaN)))
        .forEach(row -> layers.computeIfAbsent(row.layer(), l -> new ArrayList<>()).add(row));
    if (layers.isEmpty()) {
      return false;
    }
    int height = Math.max(HEIGHT, LEGEND_LINE * layers.size() + 2 * LEGEND_LINE);
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(height).title(title).xAxisTitle("epoch").build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisDecimalPattern("0.####");
    int place = 0;
    for (Map.Entry<String, List<LayerRow>> layer : layers.entrySet()) {
      double[] epochs = layer.getValue().stream().mapToDouble(LayerRow::epoch).toArray();
      double[] values =
          layer.getValue().stream().mapToDouble(row -> row.measures().get(measure)).toArray();
      float depth = layers.size() == 1 ? 0 : (float) place++ / (layers.size() - 1);
      XYSeries series = chart.addSeries(layer.getKey(), epochs, values);
      Color color = Color.getHSBColor(BLUE * (1 - depth), 0.9f, 0.8f);
      series.setLineColor(color);
      series.setLineStyle(SeriesLines.SOLID);
      series.setMarkerColor(color);
      series.setMarker(epochs.length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    }
    Pictures.write(Pictures.stack(List.of(chart), WIDTH, height), file);
    return true;
  }
}
