package ai.binealnet.detect.model;

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
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.detect.decode.RawOutputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * CenterNet (Zhou et al., 2019): objects as points. A backbone, a {@link Neck} and three heads:
 * pictures [N,H,W,3], normalised, to {@link RawOutputs} on a grid of cells.
 */
public final class CenterNet implements TaskNetwork {
  /** A heatmap starts at 0.1 everywhere, so that the many empty cells do not swamp the loss. */
  private static final float HEATMAP_BIAS = -2.19f;

  /** Factor on the last weights at first, so that the outputs start near their biases. */
  private static final float LAST_WEIGHTS = 0.1f;

  private final DetectConfig config;
  private final Backbone backbone;
  private final Neck neck;
  private final Layer heatmap;
  private final Layer size;
  private final Layer offset;

  /**
   * What the network makes of a batch; see {@link RawOutputs}.
   *
   * @param stages outputs of the backbone's stages, finest first
   * @param heatmap [N,H/stride,W/stride,classes]
   * @param size [N,H/stride,W/stride,2]
   * @param offset [N,H/stride,W/stride,2]
   */
  public record Outputs(List<Variable> stages, Variable heatmap, Variable size, Variable offset) {
    /** The values as arrays. */
    public RawOutputs values() {
      return new RawOutputs(
          heatmap.shape().dim(1),
          heatmap.shape().dim(2),
          heatmap.shape().channels(),
          heatmap.value().toArray(),
          size.value().toArray(),
          offset.value().toArray());
    }
  }

  /**
   * A network with fresh weights, decided by the recipe's seed.
   *
   * @throws IllegalArgumentException if the configuration names no network that exists, or its
   *     input cannot be halved often enough
   */
  public CenterNet(DetectConfig config, int classes) {
    this.config = config;
    Initializer init = new Initializer(config.training().seed());
    backbone = ResNet.create(config.backbone(), init);
    HeadConfig head = config.head();
    Units units = new Units(head.binary() ? config.backbone() : config.backbone().twin(), init);
    neck = new Neck(backbone, finestStage(config, backbone), head.channels(), units);
    heatmap = head(RawOutputs.HEATMAP, classes, HEATMAP_BIAS, units);
    size = head(RawOutputs.SIZE, 2, 0, units);
    offset = head(RawOutputs.OFFSET, 2, 0, units);
  }

  /** The stage whose cells have the configured size, 0 first. */
  private static int finestStage(DetectConfig config, Backbone backbone) {
    int finest = config.backbone().stem().stride();
    int stages = backbone.channels().size();
    int coarsest = finest << stages - 1;
    int stride = config.head().stride();
    if (config.backbone().outputStride() != BackboneConfig.COARSEST) {
      throw new IllegalArgumentException(
          "the neck needs a backbone with all its strides: leave backbone.outputStride out");
    }
    if (stride < finest || stride > coarsest) {
      throw new IllegalArgumentException(
          "head.stride must be in %d..%d for this backbone, got %d"
              .formatted(finest, coarsest, stride));
    }
    if (config.input().height() % coarsest != 0 || config.input().width() % coarsest != 0) {
      throw new IllegalArgumentException(
          "input.height and input.width must be multiples of %d, got %d and %d"
              .formatted(coarsest, config.input().height(), config.input().width()));
    }
    return Integer.numberOfTrailingZeros(stride / finest);
  }

  private Layer head(String name, int outputs, float bias, Units units) {
    int channels = config.head().channels();
    Layer last = units.output(name, channels, outputs, 1, bias);
    Tensor weights = last.parameters().get(0).value();
    float[] values = weights.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= LAST_WEIGHTS;
    }
    weights.set(values);
    return Sequential.of(units.hidden(name + ".hidden", channels, channels), last);
  }

  /** The raw outputs of a batch. */
  @Override
  public Outputs forward(Tape tape, Variable images) {
    List<Variable> stages = backbone.features(tape, images);
    Variable y = neck.forward(tape, stages);
    return new Outputs(
        stages, heatmap.forward(tape, y), size.forward(tape, y), offset.forward(tape, y));
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(backbone.parameters());
    parameters.addAll(neck.parameters());
    List.of(heatmap, size, offset).forEach(head -> parameters.addAll(head.parameters()));
    return parameters.stream().distinct().toList();
  }

  /** The evaluation form, from uint8 pixels to the three outputs of {@link RawOutputs}. */
  @Override
  public ModelGraph graph(Map<String, String> metadata) {
    ImageSpec spec = config.input();
    GraphBuilder graph = GraphBuilder.ofPictures(spec.height(), spec.width(), spec.mean().length);
    Value pixels = graph.normalize(spec.mean(), spec.std());
    Value y = neck.emit(graph, backbone.emitFeatures(graph, pixels));
    List<Value> outputs =
        List.of(heatmap, size, offset).stream().map(head -> head.emit(graph, y)).toList();
    return graph.build(config.title(), outputs, metadata);
  }
}
