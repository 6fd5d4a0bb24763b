package ai.binealnet.match.decode;

import ai.binealnet.core.data.Image;
import ai.binealnet.match.geometry.Homography;
import ai.binealnet.match.geometry.Point;
import ai.binealnet.match.geometry.Turn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * From raw outputs to key points: local maxima of reliability times repeatability, refined to parts
 * of a pixel, the best of all levels.
 *
 * @param config how
 */
public record FeatureExtractor(ExtractionConfig config) {
  private record Candidate(double x, double y, double score) {}

  /**
   * Features of a picture.
   *
   * @param network from a picture of any size to its outputs
   */
  public Features extract(Image picture, Function<Image, FeatureMaps> network) {
    List<Features> levels = new ArrayList<>();
    for (Image image : config.pyramid(picture)) {
      Level level = new Level(image, network.apply(image));
      levels.add(ofLevel(picture.height(), picture.width(), level));
    }
    return best(levels);
  }

  /**
   * Features of a picture that the network sees turned and reduced.
   *
   * @param angle in radians, from the x towards the y axis
   * @param scale factor on the sides, in (0, 1]
   * @param network from a picture of any size to its outputs
   * @return places are those in the picture as it stands
   */
  public Features extract(
      Image picture, double angle, double scale, Function<Image, FeatureMaps> network) {
    if (angle == 0 && scale == 1) {
      return extract(picture, network);
    }
    Turn turn = Turn.of(picture.height(), picture.width(), angle, scale);
    Homography back = turn.map().inverse();
    // Twice as many: some lie in the mirrored corners of the canvas, at most as large as the
    // picture.
    Features seen =
        new FeatureExtractor(config.withKeyPoints(2 * config.keyPoints()))
            .extract(turn.apply(picture), network);
    List<Integer> inside = new ArrayList<>();
    List<KeyPoint> points = new ArrayList<>();
    for (int i = 0; i < seen.size() && points.size() < config.keyPoints(); i++) {
      KeyPoint point = seen.points().get(i);
      Point place = back.apply(point.place());
      if (place.isInside(picture.height(), picture.width())) {
        points.add(new KeyPoint(place, point.score(), point.scale() / scale));
        inside.add(i);
      }
    }
    return new Features(points, ((Descriptors.Real) seen.descriptors()).select(inside));
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
    return best(levels.stream().map(level -> ofLevel(height, width, level)).toList());
  }

  private Features ofLevel(int height, int width, Level level) {
    List<Candidate> candidates = maxima(level);
    candidates.sort(Comparator.comparingDouble(Candidate::score).reversed()); // stable
    int count = Math.min(config.keyPoints(), candidates.size());
    int dimensions = level.maps().dimensions();
    float[] descriptors = new float[count * dimensions];
    double sx = (double) width / level.picture().width();
    double sy = (double) height / level.picture().height();
    List<KeyPoint> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Candidate candidate = candidates.get(i);
      Point place = new Point((candidate.x() + 0.5) * sx - 0.5, (candidate.y() + 0.5) * sy - 0.5);
      points.add(new KeyPoint(place, candidate.score(), Math.sqrt(sx * sy)));
      level
          .maps()
          .describe(candidate.x(), candidate.y(), config.smoothing(), descriptors, i * dimensions);
    }
    return new Features(points, new Descriptors.Real(dimensions, descriptors));
  }

  /** The best key points of all levels, each level's best first. */
  private Features best(List<Features> levels) {
    record Ranked(Features level, int index) {
      KeyPoint point() {
        return level.points().get(index);
      }
    }
    List<Ranked> all = new ArrayList<>();
    for (Features level : levels) {
      IntStream.range(0, level.size()).forEach(i -> all.add(new Ranked(level, i)));
    }
    all.sort(Comparator.comparingDouble((Ranked each) -> each.point().score()).reversed());
    List<Ranked> kept = all.subList(0, Math.min(config.keyPoints(), all.size()));
    int dimensions = levels.get(0).descriptors().dimensions();
    float[] descriptors = new float[kept.size() * dimensions];
    for (int i = 0; i < kept.size(); i++) {
      Ranked from = kept.get(i);
      float[] values = ((Descriptors.Real) from.level().descriptors()).values();
      System.arraycopy(values, from.index() * dimensions, descriptors, i * dimensions, dimensions);
    }
    return new Features(
        kept.stream().map(Ranked::point).toList(), new Descriptors.Real(dimensions, descriptors));
  }

  private List<Candidate> maxima(Level level) {
    List<Candidate> candidates = new ArrayList<>();
    float[] scores = level.maps().scores(config.smoothing());
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
          candidates.add(new Candidate(x + dx, y + dy, score));
        }
      }
    }
    return candidates;
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
