package ai.binealnet.match.decode;

import ai.binealnet.core.data.Image;
import ai.binealnet.match.geometry.RobustHomography;
import java.util.function.Function;

/**
 * How far a picture must be turned to stand like another one. A network learns to see through the
 * turns of its training and no others; this tries a few angles on small copies, for less than the
 * features of one picture cost.
 *
 * @param config how many angles, and how key points are taken
 * @param network from a picture of any size to its outputs
 */
public record TurnSearch(ExtractionConfig config, Function<Image, FeatureMaps> network) {
  private static final int SIDE = 320;
  private static final int KEY_POINTS = 500;

  /**
   * The angle under which most matches agree on a homography, in radians from the x towards the y
   * axis; of equal ones the first from 0 on.
   */
  public double angle(Image first, Image second) {
    if (config.turns() == 1) {
      return 0;
    }
    FeatureExtractor extractor = new FeatureExtractor(config.small(SIDE, KEY_POINTS));
    Features one = extractor.extract(first, network);
    double best = 0;
    int most = -1;
    for (int turn = 0; turn < config.turns(); turn++) {
      double angle = 2 * Math.PI * turn / config.turns();
      Features two = extractor.extract(second, angle, network);
      int agreeing = Matches.of(one, two).geometry().map(RobustHomography::inlierCount).orElse(0);
      if (agreeing > most) {
        most = agreeing;
        best = angle;
      }
    }
    return best;
  }
}
