package ai.binealnet.deploy.lower;

import ai.binealnet.core.graph.Add;
import ai.binealnet.core.graph.Affine;
import ai.binealnet.core.graph.Binarize;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.PRelu;
import ai.binealnet.core.graph.Quantize;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Finds what a binarizer can be fused with. */
final class Signs {
  private final GraphView view;
  private final Streams streams;

  Signs(GraphView view, Streams streams) {
    this.view = view;
    this.streams = streams;
  }

  /** Where the monotone stages before a binarizer start, and those stages. */
  private record Walk(String start, List<Node> stages) {}

  private Walk walk(Binarize binarize) {
    Deque<Node> stages = new ArrayDeque<>();
    String value = binarize.input();
    Node node = view.producer(value);
    while ((node instanceof Affine || node instanceof PRelu) && view.isPrivate(value)) {
      stages.addFirst(node);
      value = node.inputs().get(0);
      node = view.producer(value);
    }
    return new Walk(value, List.copyOf(stages));
  }

  /** The convolution whose sign {@code binarize} takes. */
  Optional<SignConv> conv(Binarize binarize) {
    Walk walk = walk(binarize);
    return Optional.of(walk.start)
        .filter(view::isPrivate)
        .flatMap(streams.convs()::writing)
        .map(conv -> new SignConv(conv, new ChannelChain(conv.factors(), walk.stages, binarize)))
        .filter(sign -> sign.chain().isMonotone(-sign.conv().bound(), sign.conv().bound()));
  }

  /** The sum of small integers whose sign {@code binarize} takes. */
  Optional<SignSum> sum(Binarize binarize) {
    Walk walk = walk(binarize);
    return view.producer(walk.start, Add.class)
        .filter(add -> view.isPrivate(add.output()))
        .flatMap(
            add ->
                sum(add.left(), add.right(), walk, binarize)
                    .or(() -> sum(add.right(), add.left(), walk, binarize)))
        .filter(sum -> sum.chain().isMonotone(sum.low(), sum.high()));
  }

  private Optional<SignSum> sum(String fused, String skip, Walk walk, Binarize binarize) {
    return Optional.of(fused)
        .filter(view::isPrivate)
        .flatMap(value -> view.producer(value, Quantize.class))
        .flatMap(streams::quantizedConv)
        .filter(QuantizedConv::isPlain)
        .filter(conv -> streams.scale(skip).equals(Optional.of(conv.quantize().scale())))
        .map(conv -> new SignSum(conv, skip, chain(conv, walk, binarize)));
  }

  private static ChannelChain chain(QuantizedConv conv, Walk walk, Binarize binarize) {
    float[] factor = new float[conv.branch().scale().length];
    Arrays.fill(factor, conv.quantize().scale());
    return new ChannelChain(factor, walk.stages, binarize);
  }
}
