package ai.binealnet.match.decode;

import ai.binealnet.core.data.Image;
import ai.binealnet.match.geometry.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * From raw outputs to key points: local maxima of reliability times repeatability, refined to parts
 * of a pixel, the best of all levels.
 *
 * @param config how
 */
public record FeatureExtractor(ExtractionConfig config) {
  private record Candidate(Level level, double x, double y, double score) {}

  /**
   * Features of a picture.
   *
   * @param network from a picture of any size to its outputs
   */
  public Features extract(Image picture, Function<Image, FeatureMaps> network) {
    List<Level> levels = new ArrayList<>();
    for (Image image : config.pyramid(picture)) {
      levels.add(new Level(image, network.apply(image)));
    }
    return decode(picture.height(), picture.width(), levels);
  }

  /**
   * Features of a picture that the network has seen at several sizes.
   *
   * @param height of the picture
   * @param width of the picture
   * @param levels at least one; all descriptors of one length
   * @return without key points where there is nothing to see
   */
  public Features decode(int height, int width, List<Level> levels) {
    List<Candidate> candidates = new ArrayList<>();
    for (Level level : levels) {
      addMaxima(level, candidates);
    }
    candidates.sort(Comparator.comparingDouble(Candidate::score).reversed()); // stable
    int count = Math.min(config.keyPoints(), candidates.size());
    int dimensions = levels.get(0).maps().dimensions();
    float[] descriptors = new float[count * dimensions];
    List<KeyPoint> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Candidate best = candidates.get(i);
      Image picture = best.level().picture();
      double sx = (double) width / picture.width();
      double sy = (double) height / picture.height();
      Point place = new Point((best.x() + 0.5) * sx - 0.5, (best.y() + 0.5) * sy - 0.5);
      points.add(new KeyPoint(place, best.score(), Math.sqrt(sx * sy)));
      best.level().maps().describe(best.x(), best.y(), descriptors, i * dimensions);
    }
    return new Features(points, new Descriptors.Real(dimensions, descriptors));
  }

  private void addMaxima(Level level, List<Candidate> candidates) {
    float[] scores = level.maps().scores();
    int stride = level.maps().width() * level.maps().cell();
    int height = level.picture().height();
    int width = level.picture().width();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double score = scores[y * stride + x];
        if (score >= config.minScore()
            && isMaximum(scores, stride, y, x, height, width)
            && level.hasTexture(x, y)) {
          double dx = x > 0 && x < width - 1 ? peak(scores, y * stride + x, 1) : 0;
          double dy = y > 0 && y < height - 1 ? peak(scores, y * stride + x, stride) : 0;
          candidates.add(new Candidate(level, x + dx, y + dy, score));
        }
      }
    }
  }

  /** Whether no pixel around has a higher score, and none before it in reading order the same. */
  private boolean isMaximum(float[] scores, int stride, int y, int x, int height, int width) {
    int r = config.radius();
    int here = y * stride + x;
    float score = scores[here];
    int bottom = Math.min(height - 1, y + r);
    int right = Math.min(width - 1, x + r);
    for (int row = Math.max(0, y - r); row <= bottom; row++) {
      for (int i = row * stride + Math.max(0, x - r); i <= row * stride + right; i++) {
        if (scores[i] > score || scores[i] == score && i < here) {
          return false;
        }
      }
    }
    return true;
  }

  /** Where the parabola through a maximum and its two neighbours peaks, in [-0.5, 0.5]. */
  private static double peak(float[] scores, int at, int step) {
    double before = scores[at - step];
    double after = scores[at + step];
    double curvature = before - 2.0 * scores[at] + after;
    return curvature < 0 ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * curvature))) : 0;
  }
}
