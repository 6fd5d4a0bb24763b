package ai.binealnet.superres.metric;

import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.task.Evaluation;
import ai.binealnet.superres.data.Bicubic;
import ai.binealnet.superres.data.Pair;
import ai.binealnet.superres.decode.SideBySide;
import ai.binealnet.superres.decode.SideBySide.Panel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * How well pictures were enlarged, beside bicubic scaling: gathered picture by picture, wherever
 * the results come from. As many pixels as the scale are left out on each side.
 */
public final class SuperresEvaluation implements Evaluation {
  /** Pictures of each set that {@link #draw} shows. */
  private static final int SHOWN = 4;

  private record Row(String set, String name, Scores network, Scores bicubic) {}

  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Image> pictures = new LinkedHashMap<>();

  /**
   * Adds a picture.
   *
   * @param set what it belongs to, such as {@code set5}
   * @param name of the picture
   * @param pair what was given and what was wanted
   * @param result what the network made of {@code pair.low()}
   */
  public void add(String set, String name, Pair pair, Image result) {
    int scale = pair.scale();
    Image bicubic = Bicubic.enlarge(pair.low(), scale);
    Row row =
        new Row(
            set,
            name,
            Scores.of(result, pair.high(), scale),
            Scores.of(bicubic, pair.high(), scale));
    if (rows.stream().filter(other -> other.set.equals(set)).count() < SHOWN) {
      pictures.put(set + "-" + name, compared(row, bicubic, result, pair.high()));
    }
    rows.add(row);
  }

  private static Image compared(Row row, Image bicubic, Image result, Image original) {
    return SideBySide.of(
        List.of(
            new Panel(caption("bicubic", row.bicubic), bicubic),
            new Panel(caption("network", row.network), result),
            new Panel("original", original)));
  }

  private static String caption(String name, Scores scores) {
    return String.format(Locale.ROOT, "%s %.2f dB", name, scores.psnr());
  }

  @Override
  public long images() {
    return rows.size();
  }

  /**
   * {@code psnr_y} and {@code ssim_y} over all pictures, the same of bicubic scaling, and {@code
   * psnr_y_<set>} and {@code ssim_y_<set>} for each of several sets.
   */
  @Override
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    Scores all = mean(rows, Row::network);
    Scores bicubic = mean(rows, Row::bicubic);
    metrics.put("psnr_y", all.psnr());
    metrics.put("ssim_y", all.ssim());
    metrics.put("bicubic_psnr_y", bicubic.psnr());
    metrics.put("bicubic_ssim_y", bicubic.ssim());
    List<String> sets = sets();
    for (String set : sets.size() > 1 ? sets : List.<String>of()) {
      metrics.put("psnr_y_" + set, mean(of(set), Row::network).psnr());
      metrics.put("ssim_y_" + set, mean(of(set), Row::network).ssim());
    }
    return metrics;
  }

  private List<String> sets() {
    return rows.stream().map(Row::set).distinct().toList();
  }

  private List<Row> of(String set) {
    return rows.stream().filter(row -> row.set.equals(set)).toList();
  }

  private static Scores mean(List<Row> rows, Function<Row, Scores> scores) {
    return Scores.mean(rows.stream().map(scores).toList());
  }

  /** {@code scores.csv} and some pictures beside bicubic scaling and the original. */
  @Override
  public void draw(Path folder) {
    StringBuilder csv =
        new StringBuilder("set,picture,psnr_y,ssim_y,bicubic_psnr_y,bicubic_ssim_y\n");
    for (Row row : rows) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,%s,%.4f,%.5f,%.4f,%.5f%n",
              row.set,
              row.name,
              row.network.psnr(),
              row.network.ssim(),
              row.bicubic.psnr(),
              row.bicubic.ssim()));
    }
    AtomicFiles.write(
        folder.resolve("scores.csv"), csv.toString().getBytes(StandardCharsets.UTF_8));
    pictures.forEach((name, image) -> ImageFiles.writePng(image, folder.resolve(name + ".png")));
  }

  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder("set          pictures    PSNR  bicubic     SSIM  bicubic\n");
    for (String set : sets()) {
      Scores network = mean(of(set), Row::network);
      Scores bicubic = mean(of(set), Row::bicubic);
      text.append(
          String.format(
              Locale.ROOT,
              "%-12s %8d %7.2f %8.2f %8.4f %8.4f%n",
              set,
              of(set).size(),
              network.psnr(),
              bicubic.psnr(),
              network.ssim(),
              bicubic.ssim()));
    }
    return text.toString();
  }
}
