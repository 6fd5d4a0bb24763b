package ai.binealnet.segment.model;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.backbone.Backbone;
import ai.binealnet.core.backbone.BackboneConfig;
import ai.binealnet.core.backbone.ResNet;
import ai.binealnet.core.backbone.Units;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.nn.GraphBuilder;
import ai.binealnet.core.nn.Initializer;
import ai.binealnet.core.nn.Layer;
import ai.binealnet.core.nn.Sequential;
import ai.binealnet.core.nn.Value;
import ai.binealnet.core.task.TaskNetwork;
import ai.binealnet.segment.decode.ImageSegmenter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A fully convolutional network: pictures [N,H,W,3], normalised, to logits [N,H/s,W/s,classes] at
 * the backbone's output stride s. Up-sampling them is left to {@link
 * ai.binealnet.segment.decode.LogitMap} and to the loss.
 *
 * <p>In training, a second, real-valued head reads the last stage but one, so that the gradient
 * reaches the lower half of the network on a short way too (Zhao et al., 2017). It is not exported.
 */
public final class Segmenter implements TaskNetwork {
  private static final int KERNEL = 1;

  private final SegmentConfig config;
  private final Backbone backbone;
  private final Layer network;
  private final Layer head;
  private final Layer auxiliary;

  /**
   * What the network makes of a training batch.
   *
   * @param stages outputs of the backbone's stages, finest first
   * @param logits [N,H/s,W/s,classes]
   * @param auxiliary those of the auxiliary head, or null if there is none
   */
  public record Outputs(List<Variable> stages, Variable logits, Variable auxiliary) {}

  /**
   * A network with fresh weights, decided by the recipe's seed.
   *
   * @throws IllegalArgumentException if the configuration names no known network
   */
  public Segmenter(SegmentConfig config, int classes) {
    this.config = config;
    Initializer init = new Initializer(config.training().seed());
    BackboneConfig own = config.backbone();
    backbone = ResNet.create(own, init);
    HeadConfig form = config.head();
    int features = backbone.outputChannels();
    head =
        head(
            "head",
            new Units(form.binary() ? own : own.twin(), init),
            features,
            form.channels(),
            form.convolutions(),
            classes);
    network = Sequential.of(backbone, head);
    int before = backbone.channels().get(backbone.channels().size() - 2);
    auxiliary =
        config.hasAuxiliary()
            ? head("aux", new Units(own.twin(), init), before, Math.max(1, before / 4), 1, classes)
            : null;
  }

  private static Layer head(
      String name, Units units, int in, int channels, int convolutions, int classes) {
    List<Layer> layers = new ArrayList<>();
    int width = in;
    for (int i = 1; i < convolutions; i++) {
      layers.add(units.convolution(name + ".unit" + i, width, channels));
      width = channels;
    }
    layers.add(units.hidden(name + ".unit" + convolutions, width, channels));
    layers.add(units.output(name + ".logits", channels, classes, KERNEL, 0));
    return new Sequential(layers);
  }

  /** What is exported as one layer, from normalised pictures to logits. */
  public Layer network() {
    return network;
  }

  /** Logits of a batch. */
  @Override
  public Variable forward(Tape tape, Variable images) {
    return network.forward(tape, images);
  }

  /** Logits of both heads. */
  public Outputs outputs(Tape tape, Variable images) {
    List<Variable> stages = backbone.features(tape, images);
    int last = stages.size() - 1;
    Variable logits = head.forward(tape, stages.get(last));
    return new Outputs(
        stages, logits, auxiliary == null ? null : auxiliary.forward(tape, stages.get(last - 1)));
  }

  @Override
  public List<Parameter> parameters() {
    return auxiliary == null
        ? network.parameters()
        : Stream.concat(network.parameters().stream(), auxiliary.parameters().stream()).toList();
  }

  /** The evaluation form, from uint8 pixels to {@link ImageSegmenter#LOGITS}. */
  @Override
  public ModelGraph graph(Map<String, String> metadata) {
    ImageSpec spec = config.input();
    GraphBuilder graph = GraphBuilder.ofPictures(spec.height(), spec.width(), spec.mean().length);
    Value pixels = graph.normalize(spec.mean(), spec.std());
    Value logits = network.emit(graph, pixels);
    return graph.build(config.title(), List.of(logits), metadata);
  }
}
