package ai.binealnet.match.decode;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.inference.FloatTensor;
import ai.binealnet.core.inference.Model;
import ai.binealnet.core.inference.Outputs;
import ai.binealnet.core.inference.PictureModel;
import java.util.function.Function;

/**
 * Two pictures, from their pixels to matches.
 *
 * @param extraction how key points are taken
 * @param network from a picture of any size to its outputs
 */
public record FeatureMatcher(ExtractionConfig extraction, Function<Image, FeatureMaps> network) {
  /** The task's name, in model files too. */
  public static final String TASK = "match";

  /**
   * A model that was opened.
   *
   * @throws UserError if it is no feature network
   */
  public static FeatureMatcher of(Model model, ExtractionConfig extraction) {
    PictureModel pictures = PictureModel.of(model, TASK);
    return new FeatureMatcher(extraction, image -> maps(pictures.run(image)));
  }

  private static FeatureMaps maps(Outputs outputs) {
    FloatTensor descriptors = outputs.get(RawOutputs.DESCRIPTORS, 1, -1, -1, -1);
    int rows = (int) descriptors.shape()[1];
    int columns = (int) descriptors.shape()[2];
    FloatTensor repeatability = outputs.get(RawOutputs.REPEATABILITY, 1, rows, columns, -1);
    long side = Math.round(Math.sqrt(repeatability.shape()[3]));
    return new FeatureMaps(
        rows,
        columns,
        descriptors.values(),
        outputs.get(RawOutputs.RELIABILITY, 1, rows, columns, 1).values(),
        outputs.get(RawOutputs.REPEATABILITY, 1, rows, columns, side * side).values());
  }

  /** What both pictures show, seen so that they stand alike; see {@link ExtractionConfig#turns}. */
  public FeaturePair features(Image first, Image second) {
    Pose pose = new PoseSearch(extraction, network).find(first, second);
    FeatureExtractor extractor = new FeatureExtractor(extraction);
    return new FeaturePair(
        extractor.extract(first, 0, pose.firstScale(), network),
        extractor.extract(second, pose.angle(), pose.secondScale(), network));
  }

  /** Matches by descriptors of numbers. */
  public Matches match(Image first, Image second) {
    return features(first, second).match();
  }
}
