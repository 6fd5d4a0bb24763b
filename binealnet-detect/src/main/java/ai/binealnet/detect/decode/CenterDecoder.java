package ai.binealnet.detect.decode;

import ai.binealnet.core.data.Letterbox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Turns heatmaps into boxes (CenterNet, Zhou et al., 2019): every local maximum of a 3x3
 * neighbourhood is an object, the best of all classes are kept. No other suppression is needed.
 *
 * @param most boxes per picture, at most
 * @param minScore boxes of lower scores are left out
 */
public record CenterDecoder(int most, double minScore) {
  /** What evaluation uses: the 100 best, whatever their scores. */
  public static final CenterDecoder EVALUATION = new CenterDecoder(100, 0);

  /** What is shown to people: the 100 best of a score of at least 0.3. */
  public static final CenterDecoder DISPLAY = new CenterDecoder(100, 0.3);

  /** A maximum of the heatmap. */
  private record Peak(int row, int column, int label, float logit) {}

  /** The worst first; of equal ones the later in the grid. */
  private static final Comparator<Peak> WORST_FIRST =
      Comparator.comparingDouble(Peak::logit)
          .thenComparing(Comparator.comparingInt(Peak::row).reversed())
          .thenComparing(Comparator.comparingInt(Peak::column).reversed())
          .thenComparing(Comparator.comparingInt(Peak::label).reversed());

  /** Checks the limits. */
  public CenterDecoder {
    if (most < 1 || !(minScore >= 0 && minScore <= 1)) {
      throw new IllegalArgumentException(
          "most must be >= 1 and minScore in [0, 1], got %d and %s".formatted(most, minScore));
    }
  }

  /**
   * The objects of one picture, best first, in the picture's own pixels and clipped to it; what has
   * no area there is left out.
   *
   * @param index of the picture in the batch
   * @param letterbox how the picture came into the network's input
   */
  public List<Detection> decode(RawOutputs raw, int index, Letterbox letterbox) {
    List<Detection> found = new ArrayList<>();
    for (Peak peak : peaks(raw, index)) {
      double score = 1 / (1 + Math.exp(-peak.logit));
      if (score >= minScore && isFinite(raw, cell(raw, index, peak.row, peak.column))) {
        Box box = box(raw, index, peak, letterbox);
        if (box.area() > 0) {
          found.add(new Detection(box, peak.label, score));
        }
      }
    }
    return found;
  }

  /** A damaged model file may say anything. */
  private static boolean isFinite(RawOutputs raw, int cell) {
    boolean finite = true;
    for (int i = 2 * cell; i < 2 * cell + 2; i++) {
      finite &= Float.isFinite(raw.size()[i]) && Float.isFinite(raw.offset()[i]);
    }
    return finite;
  }

  private List<Peak> peaks(RawOutputs raw, int index) {
    PriorityQueue<Peak> best = new PriorityQueue<>(WORST_FIRST);
    for (int row = 0; row < raw.height(); row++) {
      for (int column = 0; column < raw.width(); column++) {
        for (int label = 0; label < raw.classes(); label++) {
          float logit = raw.heatmap()[cell(raw, index, row, column) * raw.classes() + label];
          boolean wanted = best.size() < most || logit > best.peek().logit;
          if (wanted && isPeak(raw, index, row, column, label)) {
            best.add(new Peak(row, column, label, logit));
            if (best.size() > most) {
              best.poll();
            }
          }
        }
      }
    }
    return best.stream().sorted(WORST_FIRST.reversed()).toList();
  }

  private static int cell(RawOutputs raw, int index, int row, int column) {
    return (index * raw.height() + row) * raw.width() + column;
  }

  /**
   * Whether no neighbour is larger. Of equal neighbours the first is the maximum: an 8-bit network
   * makes many equal values, and each plateau is one object.
   */
  private static boolean isPeak(RawOutputs raw, int index, int row, int column, int label) {
    float[] heat = raw.heatmap();
    float value = heat[cell(raw, index, row, column) * raw.classes() + label];
    for (int y = Math.max(0, row - 1); y <= Math.min(raw.height() - 1, row + 1); y++) {
      for (int x = Math.max(0, column - 1); x <= Math.min(raw.width() - 1, column + 1); x++) {
        float other = heat[cell(raw, index, y, x) * raw.classes() + label];
        boolean earlier = y < row || y == row && x < column;
        if (other > value || earlier && other == value) {
          return false;
        }
      }
    }
    return true;
  }

  private static Box box(RawOutputs raw, int index, Peak peak, Letterbox letterbox) {
    int at = 2 * cell(raw, index, peak.row, peak.column);
    double strideX = (double) letterbox.width() / raw.width();
    double strideY = (double) letterbox.height() / raw.height();
    double x = (peak.column + raw.offset()[at]) * strideX;
    double y = (peak.row + raw.offset()[at + 1]) * strideY;
    double halfWidth = Math.max(0, raw.size()[at]) * strideX / 2;
    double halfHeight = Math.max(0, raw.size()[at + 1]) * strideY / 2;
    return new Box(
            letterbox.sourceX(x - halfWidth),
            letterbox.sourceY(y - halfHeight),
            letterbox.sourceX(x + halfWidth),
            letterbox.sourceY(y + halfHeight))
        .clip(letterbox.sourceHeight(), letterbox.sourceWidth());
  }
}
