package ai.binealnet.core.report;

import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** {@code curves.png}: what a run log holds, over the epochs. */
public final class Curves {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 320;
  private static final String EPOCH = "epoch";

  /** Prefix of the columns that are accuracies, which share one chart. */
  private static final String VALIDATION = "val_";

  private Curves() {}

  /**
   * Draws runs into one picture: the loss above, validation metrics below.
   *
   * @param runs rows of the run logs, by the name of the run; at least one row in all
   */
  public static void write(Map<String, List<Map<String, Double>>> runs, Path file) {
    List<XYChart> charts = new ArrayList<>();
    charts.add(chart("training loss", runs, List.of("train_loss")));
    List<String> metrics =
        runs.values().stream()
            .flatMap(List::stream)
            .flatMap(row -> row.keySet().stream())
            .filter(column -> column.startsWith(VALIDATION))
            .distinct()
            .toList();
    if (!metrics.isEmpty()) {
      charts.add(chart("validation", runs, metrics));
    }
    Pictures.write(Pictures.stack(charts, WIDTH, HEIGHT), file);
  }

  private static XYChart chart(
      String title, Map<String, List<Map<String, Double>>> runs, List<String> columns) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle(EPOCH).build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    series(runs, columns)
        .forEach(
            (name, points) ->
                chart
                    .addSeries(name, points.get(0), points.get(1))
                    .setMarker(
                        points.get(0).length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE));
    return chart;
  }

  /** By name: epochs and values. */
  private static Map<String, List<double[]>> series(
      Map<String, List<Map<String, Double>>> runs, List<String> columns) {
    Map<String, List<double[]>> series = new LinkedHashMap<>();
    runs.forEach(
        (run, rows) -> {
          for (String column : columns) {
            List<Map<String, Double>> with =
                rows.stream()
                    .filter(row -> row.containsKey(column) && Double.isFinite(row.get(column)))
                    .toList();
            if (!with.isEmpty()) {
              double[] epochs = with.stream().mapToDouble(row -> row.get(EPOCH)).toArray();
              double[] values = with.stream().mapToDouble(row -> row.get(column)).toArray();
              series.put(runs.size() > 1 ? run + " " + column : column, List.of(epochs, values));
            }
          }
        });
    return series;
  }
}
