package ai.binealnet.match;

import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.data.DataLoader;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.NetworkRun;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.match.data.ImagePair;
import ai.binealnet.match.data.MatchData;
import ai.binealnet.match.data.PairBatch;
import ai.binealnet.match.data.Sequence;
import ai.binealnet.match.decode.ExtractionConfig;
import ai.binealnet.match.decode.FeatureMaps;
import ai.binealnet.match.decode.FeatureMatcher;
import ai.binealnet.match.loss.MatchLoss;
import ai.binealnet.match.metric.MatchEvaluation;
import ai.binealnet.match.metric.MatchEvaluator;
import ai.binealnet.match.model.MatchConfig;
import ai.binealnet.match.model.MatchNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A feature network on its data: trains it, judges it. */
public final class MatchRun extends NetworkRun<PairBatch> {
  private static final int VALIDATION_PAIRS = 40;
  private static final int VALIDATION_KEY_POINTS = 500;

  private final MatchConfig config;
  private final MatchData data;
  private final MatchNetwork network;
  private final MatchLoss loss;

  /** A network with the weights it has on {@code data}. */
  public MatchRun(MatchConfig config, MatchData data, MatchNetwork network) {
    super(network, config.training());
    this.config = config;
    this.data = data;
    this.network = network;
    loss = new MatchLoss(config.loss());
  }

  @Override
  public DataLoader<Image, PairBatch> loader() {
    data.requireTraining();
    ImageSpec spec = config.input();
    return new DataLoader<>(
        data.train().repeated(config.pairs().perPicture()),
        (picture, random) -> picture,
        (pictures, random) -> {
          List<ImagePair> pairs = new ArrayList<>();
          for (Image picture : pictures) {
            pairs.add(config.pairs().draw(picture, spec.height(), spec.width(), random));
          }
          return PairBatch.of(pairs, spec);
        },
        loading());
  }

  @Override
  public void rehearse() {
    loader();
    ImageSpec spec = config.input();
    if (Math.min(spec.height(), spec.width()) < 2) {
      throw new UserError(
          "the crops are too small to be matched",
          "input.height and input.width of at least 2",
          spec.height() + " and " + spec.width(),
          "raise them, 128 or more is usual");
    }
    ImagePair pair =
        config
            .pairs()
            .draw(data.train().get(0), spec.height(), spec.width(), new SplittableRandom(0));
    try (Tape tape = evaluation()) {
      loss(tape, PairBatch.of(List.of(pair), spec));
    }
  }

  @Override
  public Variable loss(Tape tape, PairBatch batch) {
    MatchNetwork.Outputs outputs = network.forward(tape, input(tape, batch.spec(), batch.pixels()));
    return loss.of(
        tape,
        outputs.descriptors(),
        outputs.reliability(),
        outputs.repeatability(),
        batch.maps(),
        pool());
  }

  @Override
  public void forward(Tape tape, PairBatch batch) {
    network.forward(tape, input(tape, batch.spec(), batch.pixels()));
  }

  /**
   * Judges real and binary descriptors: on the test sequences at all sizes, or on crops made from
   * the validation pictures, always the same ones. Without test sequences both parts are the
   * latter.
   */
  @Override
  public MatchEvaluation evaluate(Part part) {
    if (part == Part.TEST && !data.test().isEmpty()) {
      return MatchEvaluator.evaluate(data.test(), matcher(config.extraction()), true);
    }
    data.requireTraining();
    int keyPoints = Math.min(VALIDATION_KEY_POINTS, config.extraction().keyPoints());
    ExtractionConfig extraction = config.extraction().singleLevel().withKeyPoints(keyPoints);
    return MatchEvaluator.evaluate(validationPairs(), matcher(extraction), false);
  }

  private FeatureMatcher matcher(ExtractionConfig extraction) {
    return new FeatureMatcher(extraction, this::maps);
  }

  private List<Sequence> validationPairs() {
    ImageSpec spec = config.input();
    List<Sequence> pairs = new ArrayList<>();
    for (int i = 0; i < Math.min(VALIDATION_PAIRS, data.validation().size()); i++) {
      Image picture = data.validation().get(i);
      pairs.add(
          Sequence.of(
              "pair" + i,
              config.pairs().draw(picture, spec.height(), spec.width(), new SplittableRandom(i))));
    }
    return pairs;
  }

  /** What the network, in evaluation mode, says to a picture of any size. */
  public FeatureMaps maps(Image picture) {
    ImageSpec spec = config.input().withSize(picture.height(), picture.width());
    float[] pixels = new float[spec.elements()];
    spec.normalize(picture, pixels, 0);
    try (Tape tape = evaluation()) {
      MatchNetwork.Outputs outputs = network.forward(tape, input(tape, spec, pixels));
      Shape shape = outputs.descriptors().shape();
      return new FeatureMaps(
          shape.dim(1),
          shape.dim(2),
          outputs.descriptors().value().toArray(),
          outputs.reliability().value().toArray(),
          outputs.repeatability().value().toArray());
    }
  }
}
