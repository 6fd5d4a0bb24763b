package ai.binealnet.match.model;

import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.task.TaskConfig;
import ai.binealnet.core.train.TrainingConfig;
import ai.binealnet.match.data.PairConfig;
import ai.binealnet.match.decode.ExtractionConfig;
import ai.binealnet.match.loss.LossConfig;

/**
 * Everything that decides a training for matching besides the data; {@code config.yaml} of a run
 * folder.
 *
 * @param network which network
 * @param input size and colours of the crops of training pairs
 * @param training recipe
 * @param pairs how training pairs are made of pictures
 * @param loss what is trained for
 * @param extraction how key points are taken from pictures
 */
public record MatchConfig(
    NetworkConfig network,
    ImageSpec input,
    TrainingConfig training,
    PairConfig pairs,
    LossConfig loss,
    ExtractionConfig extraction)
    implements TaskConfig {
  private static final int CROP = 160;

  /** Checks that the recipe asks for nothing that matching does not know. */
  public MatchConfig {
    training.requireNoTeacher("matching");
    training.requireOneStage("matching");
  }

  /** R2D2's losses with Adam and a cosine rate. */
  public static MatchConfig defaults() {
    return new MatchConfig(
        NetworkConfig.defaults(),
        ImageSpec.rgb(CROP, CROP),
        recipe(),
        PairConfig.defaults(),
        LossConfig.defaults(),
        ExtractionConfig.defaults());
  }

  private static TrainingConfig recipe() {
    return TrainingConfig.defaults(20)
        .with(
            "batch=4",
            "optimizer=ADAM",
            "rate=0.001",
            "groups.binaryWeights.rate=1",
            "clipNorm=5",
            "labelSmoothing=0",
            "normBatches=20");
  }

  @Override
  public NetworkConfig form() {
    return network;
  }

  @Override
  public String architecture() {
    return network + " of " + input.colorOrder();
  }

  @Override
  public MatchConfig twin(double width) {
    return new MatchConfig(network.twin(width), input, training, pairs, loss, extraction);
  }
}
