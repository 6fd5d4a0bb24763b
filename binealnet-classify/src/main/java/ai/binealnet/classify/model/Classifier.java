package ai.binealnet.classify.model;

import ai.binealnet.classify.decode.ImageClassifier;
import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.backbone.Backbone;
import ai.binealnet.core.backbone.ResNet;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.nn.GlobalPool;
import ai.binealnet.core.nn.GraphBuilder;
import ai.binealnet.core.nn.Initializer;
import ai.binealnet.core.nn.Layer;
import ai.binealnet.core.nn.Linear;
import ai.binealnet.core.nn.Quantizer;
import ai.binealnet.core.nn.Sequential;
import ai.binealnet.core.nn.Value;
import ai.binealnet.core.task.TaskNetwork;
import java.util.List;
import java.util.Map;

/**
 * A backbone, global pooling and a linear layer: pictures [N,H,W,3], normalised, to logits
 * [N,classes].
 */
public final class Classifier implements TaskNetwork {
  private static final int POOLED_BITS = 8;
  private static final int INITIAL_POOLED_EXPONENT = -5;

  private final ClassifyConfig config;
  private final Backbone backbone;
  private final Layer tail;
  private final Layer network;

  /**
   * What the network makes of a batch.
   *
   * @param stages outputs of the backbone's stages, finest first
   * @param logits [N,classes]
   */
  public record Outputs(List<Variable> stages, Variable logits) {}

  /**
   * A network with fresh weights, decided by the recipe's seed.
   *
   * @throws IllegalArgumentException if the configuration names no known network
   */
  public Classifier(ClassifyConfig config, int classes) {
    this.config = config;
    Initializer init = new Initializer(config.training().seed());
    backbone = ResNet.create(config.backbone(), init);
    tail = Sequential.of(new GlobalPool("head.pool"), head(backbone, classes, init));
    network = Sequential.of(backbone, tail);
  }

  private static Layer head(Backbone backbone, int classes, Initializer init) {
    int features = backbone.outputChannels();
    return switch (backbone.kind()) {
      case BITS -> new Linear(ImageClassifier.LOGITS, features, classes, WeightType.INT8, init);
      case STREAM ->
          Sequential.of(
              new Quantizer("head.pooled", POOLED_BITS, INITIAL_POOLED_EXPONENT),
              new Linear(ImageClassifier.LOGITS, features, classes, WeightType.INT8, init));
      case REAL -> new Linear(ImageClassifier.LOGITS, features, classes, WeightType.FLOAT, init);
    };
  }

  /** The whole network as one layer, from normalised pictures to logits. */
  public Layer network() {
    return network;
  }

  /** Logits of a batch. */
  @Override
  public Variable forward(Tape tape, Variable images) {
    return network.forward(tape, images);
  }

  /** Logits of a batch, and what the stages put out on the way. */
  public Outputs outputs(Tape tape, Variable images) {
    List<Variable> stages = backbone.features(tape, images);
    return new Outputs(stages, tail.forward(tape, stages.get(stages.size() - 1)));
  }

  @Override
  public List<Parameter> parameters() {
    return network.parameters();
  }

  /** The network's evaluation form, from uint8 pixels to {@link ImageClassifier#LOGITS}. */
  @Override
  public ModelGraph graph(Map<String, String> metadata) {
    ImageSpec spec = config.input();
    GraphBuilder graph = GraphBuilder.ofPictures(spec.height(), spec.width(), spec.mean().length);
    Value pixels = graph.normalize(spec.mean(), spec.std());
    Value logits = network.emit(graph, pixels);
    return graph.build(config.backbone().title(), List.of(logits), metadata);
  }
}
