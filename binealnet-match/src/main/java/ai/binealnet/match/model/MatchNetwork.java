package ai.binealnet.match.model;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.nn.Bias;
import ai.binealnet.core.nn.Conv2d;
import ai.binealnet.core.nn.GraphBuilder;
import ai.binealnet.core.nn.Initializer;
import ai.binealnet.core.nn.Layer;
import ai.binealnet.core.nn.Sequential;
import ai.binealnet.core.nn.Value;
import ai.binealnet.core.task.TaskNetwork;
import ai.binealnet.match.decode.RawOutputs;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Dense local features: pictures [N,H,W,C] of any size, normalised, to {@link RawOutputs} for cells
 * of s x s pixels, h = ceil(H / s) and w = ceil(W / s).
 *
 * <p>The three heads are 1x1 convolutions with 8-bit weights (real ones of the full-precision twin)
 * on the trunk's output. R2D2 feeds two of them with squared descriptors, because its last layers
 * have no other non-linearity; here every layer has one.
 */
public final class MatchNetwork implements TaskNetwork {
  private final MatchConfig config;
  private final Layer trunk;
  private final Layer descriptors;
  private final Layer reliability;
  private final Layer repeatability;

  /**
   * What the network makes of a batch.
   *
   * @param descriptors not normalised, [N,h,w,D]
   * @param reliability logits, [N,h,w,1]
   * @param repeatability before its activation, [N,h,w,s^2]
   */
  public record Outputs(Variable descriptors, Variable reliability, Variable repeatability) {}

  /** A network with fresh weights, decided by the recipe's seed. */
  public MatchNetwork(MatchConfig config) {
    this.config = config;
    NetworkConfig network = config.network();
    Initializer init = new Initializer(config.training().seed());
    trunk = new Trunk(network, init).build(config.input().colorOrder().channels());
    descriptors = head(RawOutputs.DESCRIPTORS, network.dimensions(), init);
    reliability = head(RawOutputs.RELIABILITY, 1, init);
    repeatability = head(RawOutputs.REPEATABILITY, network.cell() * network.cell(), init);
  }

  private Layer head(String name, int out, Initializer init) {
    NetworkConfig network = config.network();
    WeightType type = network.block() == BlockKind.BASIC ? WeightType.FLOAT : WeightType.INT8;
    int in = Trunk.outputChannels(network);
    return Sequential.of(
        new Conv2d(name + ".conv", in, out, ConvGeometry.same(1, 1), type, false, init),
        new Bias(name, out, 0));
  }

  /** Raw outputs of a batch. */
  @Override
  public Outputs forward(Tape tape, Variable images) {
    Variable features = trunk.forward(tape, images);
    return new Outputs(
        descriptors.forward(tape, features),
        reliability.forward(tape, features),
        repeatability.forward(tape, features));
  }

  @Override
  public List<Parameter> parameters() {
    return Stream.of(trunk, descriptors, reliability, repeatability)
        .flatMap(layer -> layer.parameters().stream())
        .toList();
  }

  /** The evaluation form, from uint8 pixels of any size to {@link RawOutputs}. */
  @Override
  public ModelGraph graph(Map<String, String> metadata) {
    ImageSpec spec = config.input();
    GraphBuilder graph = GraphBuilder.ofPictures(spec.height(), spec.width(), spec.mean().length);
    Value pixels = graph.normalize(spec.mean(), spec.std());
    Value features = trunk.emit(graph, pixels);
    List<Value> outputs =
        Stream.of(descriptors, reliability, repeatability)
            .map(head -> head.emit(graph, features))
            .toList();
    return graph.build(config.title(), outputs, metadata).withAnySize(1);
  }
}
