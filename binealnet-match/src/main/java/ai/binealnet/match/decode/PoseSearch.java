package ai.binealnet.match.decode;

import ai.binealnet.core.data.Image;
import ai.binealnet.match.geometry.Homography;
import ai.binealnet.match.geometry.Point;
import ai.binealnet.match.geometry.RobustHomography;
import java.util.Optional;
import java.util.function.Function;

/**
 * How far a picture must be turned and reduced to stand like another one. A network learns to see
 * through the turns and zooms of its training and no others; this tries a few angles on small
 * copies, whose cost does not grow with the pictures.
 *
 * @param config how many angles, and how key points are taken
 * @param network from a picture of any size to its outputs
 */
public record PoseSearch(ExtractionConfig config, Function<Image, FeatureMaps> network) {
  private static final int SIDE = 320;
  private static final int SMALLEST_SIDE = 64;
  private static final int KEY_POINTS = 500;

  /** Fewer matches agree on any homography by chance. */
  private static final int FEWEST = 10;

  private static final double MOST_ZOOM = 8;

  /**
   * The angle under which most matches agree on a homography, of equal ones the first from 0 on,
   * and the zoom of that homography; the identity where next to none agree.
   */
  public Pose find(Image first, Image second) {
    if (config.turns() == 1) {
      return Pose.IDENTITY;
    }
    FeatureExtractor extractor =
        new FeatureExtractor(config.small(SIDE, SMALLEST_SIDE, KEY_POINTS));
    Features one = extractor.extract(first, network);
    Pose best = Pose.IDENTITY;
    int most = FEWEST - 1;
    for (int turn = 0; turn < config.turns(); turn++) {
      double angle = 2 * Math.PI * turn / config.turns();
      Features two = extractor.extract(second, angle, 1, network);
      Optional<RobustHomography> found = Matches.of(one, two).geometry();
      if (found.isPresent() && found.get().inlierCount() > most) {
        most = found.get().inlierCount();
        best = Pose.of(angle, zoom(found.get().homography(), first));
      }
    }
    return best;
  }

  private static double zoom(Homography map, Image first) {
    double zoom = map.scale(new Point((first.width() - 1) / 2.0, (first.height() - 1) / 2.0));
    return zoom > 0 ? Math.max(1 / MOST_ZOOM, Math.min(MOST_ZOOM, zoom)) : 1;
  }
}
