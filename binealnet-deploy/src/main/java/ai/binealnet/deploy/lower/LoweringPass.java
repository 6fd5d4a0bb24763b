package ai.binealnet.deploy.lower;

import ai.binealnet.core.graph.AveragePool;
import ai.binealnet.core.graph.Binarize;
import ai.binealnet.core.graph.BinaryMaxPool;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.Epilogue;
import ai.binealnet.core.graph.Linear;
import ai.binealnet.core.graph.MaxPool;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.Normalize;
import ai.binealnet.core.graph.PackBits;
import ai.binealnet.core.graph.PackedUpsample;
import ai.binealnet.core.graph.Quantize;
import ai.binealnet.core.graph.StreamBinarize;
import ai.binealnet.core.graph.StreamDequantize;
import ai.binealnet.core.graph.StreamPool;
import ai.binealnet.core.graph.UnpackBits;
import ai.binealnet.core.graph.Upsample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds the lowered graph backwards from the outputs: each value is asked for in the form its
 * reader wants (bits, int8 stream or real), and made once in each form.
 */
final class LoweringPass {
  private final Map<String, ValueType> types;
  private final GraphView view;
  private final Streams streams;
  private final Signs signs;
  private final Names names;
  private final HeadBounds bounds;
  private final IntegerHeads heads;
  private final Map<String, String> headReasons = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, String> bits = new HashMap<>();
  private final Map<String, String> int8 = new HashMap<>();
  private final Map<String, String> reals = new HashMap<>();
  private final Map<String, Float> vectors = new HashMap<>();

  LoweringPass(ModelGraph graph) {
    types = ValueTypes.infer(graph);
    view = new GraphView(graph);
    streams = new Streams(view, types);
    bounds = new HeadBounds(view, streams, types);
    heads = new IntegerHeads(view, streams, types);
    signs = new Signs(view, streams);
    names = new Names(view);
    reals.put(graph.input(), graph.input());
    graph.outputs().forEach(this::real);
  }

  List<Node> nodes() {
    return nodes;
  }

  /** Why layers stay real, by their names. */
  Map<String, String> reasons() {
    Map<String, String> reasons = new HashMap<>(headReasons);
    reasons.putAll(streams.convs().reasons());
    return reasons;
  }

  /** The scale of every int8 value, by its lowered name. */
  Map<String, Float> scales() {
    Map<String, Float> scales = new HashMap<>();
    int8.forEach((value, name) -> scales.put(name, streams.scale(value).orElseThrow()));
    scales.putAll(vectors);
    return scales;
  }

  /** The lowered value that holds {@code value} as real numbers. */
  private String real(String value) {
    String known = reals.get(value);
    if (known == null) {
      known = makeReal(value);
      reals.put(value, known);
    }
    return known;
  }

  private String makeReal(String value) {
    Node node = view.producer(value);
    int channels = types.get(value).channels();
    if (streams.isBits(value)) {
      nodes.add(new UnpackBits(value + ".unpack", bits(value), names.real(value), channels));
      return names.real(value);
    }
    Optional<Float> scale = streams.scale(value);
    if (scale.isPresent()) {
      nodes.add(
          new StreamDequantize(
              value + ".dequantize", stream(value), names.real(value), channels, scale.get()));
      return names.real(value);
    }
    Optional<Branch> branch = streams.branch(value).filter(Branch::isModerate);
    if (branch.isPresent()) {
      Branch b = branch.get();
      add(
          b.conv(),
          List.of(value),
          new Epilogue.ToFloat(b.paddedScale(1), b.paddedShift(1)),
          null,
          null);
      return value;
    }
    if (node instanceof Linear linear) {
      Optional<IntegerHead> head = heads.match(linear);
      if (head.isPresent()) {
        nodes.add(head.get().node(pooled(head.get())));
        return value;
      }
      headReasons.put(linear.name(), bounds.reason(linear));
    }
    List<String> inputs = node.inputs().stream().map(this::real).toList();
    nodes.add(Rewire.node(node, inputs.get(0), inputs.get(inputs.size() - 1), value));
    return value;
  }

  /** The lowered vector that a fully connected layer reads, int8. */
  private String pooled(IntegerHead head) {
    String value = head.linear().input();
    String name = names.pooled(value);
    if (vectors.put(name, head.scale()) == null) {
      String image = head.bits() ? bits(head.image()) : stream(head.image());
      nodes.add(head.pool(image, name));
    }
    return name;
  }

  /** Adds a convolution; {@code second} is its int8 residual before lowering, or null. */
  private void add(
      IntegerConv conv, List<String> outputs, Epilogue epilogue, String second, boolean[] flips) {
    String input =
        switch (conv.source()) {
          case BITS -> bits(conv.input());
          case STREAM -> stream(conv.input());
          case PIXELS -> conv.input();
        };
    List<String> inputs = second == null ? List.of(input) : List.of(input, stream(second));
    nodes.add(conv.node(inputs, outputs, epilogue, flips));
  }

  /** The lowered value that holds {@code value} as an int8 stream. */
  private String stream(String value) {
    String name = names.stream(value);
    if (int8.put(value, name) == null) {
      Node node = view.producer(value);
      if (node instanceof MaxPool pool) {
        nodes.add(new StreamPool(pool.name(), stream(pool.input()), name, pool.geometry(), false));
      } else if (node instanceof Upsample up) {
        nodes.add(new PackedUpsample(up.name(), stream(up.input()), name, false, up.factor()));
      } else {
        quantized((Quantize) node, name);
      }
    }
    return name;
  }

  private void quantized(Quantize quantize, String name) {
    Optional<QuantizedConv> match = streams.quantizedConv(quantize);
    if (match.isEmpty()) {
      AveragePool pool = streams.averagedStream(quantize).orElseThrow();
      ConvGeometry window = new ConvGeometry(pool.size(), pool.size(), pool.size(), 0, 1);
      nodes.add(new StreamPool(pool.name(), stream(pool.input()), name, window, true));
      return;
    }
    QuantizedConv conv = match.get();
    if (!QuantizedConv.isStream(quantize)) {
      add(conv.branch().conv(), List.of(name), conv.quantizeTo(), null, null);
      return;
    }
    Optional<Binarize> binarize =
        view.consumers(quantize.output()).stream()
            .filter(Binarize.class::isInstance)
            .map(Binarize.class::cast)
            .filter(ChannelChain::isMonotone)
            .findFirst();
    int[] thresholds =
        binarize.map(b -> ChannelChain.streamThresholds(b, quantize.scale())).orElse(null);
    List<String> outputs = new ArrayList<>(List.of(name));
    binarize.ifPresent(b -> outputs.add(names.bits(b.output())));
    binarize.ifPresent(b -> bits.put(b.output(), names.bits(b.output())));
    add(conv.branch().conv(), outputs, conv.stream(thresholds), conv.residual(), null);
  }

  /** The lowered value that holds {@code value} as packed bits. */
  private String bits(String value) {
    String name = names.bits(value);
    if (!bits.containsKey(value)) {
      Node node = view.producer(value);
      if (node instanceof MaxPool pool) {
        nodes.add(new BinaryMaxPool(pool.name(), bits(pool.input()), name, pool.geometry()));
      } else if (node instanceof Upsample up) {
        nodes.add(new PackedUpsample(up.name(), bits(up.input()), name, true, up.factor()));
      } else {
        binarized((Binarize) node, name);
      }
      bits.put(value, name);
    }
    return name;
  }

  private void binarized(Binarize binarize, String name) {
    Optional<Float> scale =
        streams.scale(binarize.input()).filter(s -> ChannelChain.isMonotone(binarize));
    if (scale.isPresent()) {
      String input = stream(binarize.input());
      if (!bits.containsKey(binarize.output())) {
        nodes.add(
            new StreamBinarize(
                binarize.name(),
                input,
                name,
                ChannelChain.streamThresholds(binarize, scale.get())));
      }
    } else if (!fused(binarize, name) && !pooled(binarize, name)) {
      nodes.add(packed(binarize, name));
    }
  }

  /** Makes the bits in the epilogue of a convolution, if one can be found. */
  private boolean fused(Binarize binarize, String name) {
    Optional<SignConv> conv = signs.conv(binarize);
    if (conv.isPresent()) {
      Threshold[] thresholds = conv.get().thresholds();
      add(
          conv.get().conv(),
          List.of(name),
          conv.get().epilogue(thresholds),
          null,
          SignConv.flips(thresholds));
      return true;
    }
    Optional<SignSum> sum = signs.sum(binarize);
    sum.ifPresent(s -> add(s.conv().branch().conv(), List.of(name), s.epilogue(), s.skip(), null));
    return sum.isPresent();
  }

  /** A monotone sign of a maximum is the maximum of the signs, which needs no real numbers. */
  private boolean pooled(Binarize binarize, String name) {
    Optional<MaxPool> pool =
        view.producer(binarize.input(), MaxPool.class)
            .filter(p -> view.isPrivate(p.output()))
            .filter(p -> ChannelChain.isMonotone(binarize));
    if (pool.isEmpty()) {
      return false;
    }
    MaxPool p = pool.get();
    String unpooled = binarize.output() + ".unpooled";
    Binarize before =
        new Binarize(
            binarize.name(), p.input(), unpooled, binarize.b0(), binarize.tau(), binarize.b1());
    if (!fused(before, unpooled)) {
      return false;
    }
    nodes.add(new BinaryMaxPool(p.name(), unpooled, name, p.geometry()));
    return true;
  }

  /** The bits of pixels, which need no real numbers, or of real numbers. */
  private PackBits packed(Binarize binarize, String name) {
    int channels = binarize.tau().length;
    if (view.producer(binarize.input()) instanceof Normalize normalize) {
      Optional<float[]> thresholds = RealThresholds.ofPixels(normalize, binarize);
      if (thresholds.isPresent()) {
        return new PackBits(binarize.name(), normalize.input(), name, channels, thresholds.get());
      }
    }
    String input = real(binarize.input());
    Optional<float[]> monotone = RealThresholds.of(binarize);
    if (monotone.isPresent()) {
      return new PackBits(binarize.name(), input, name, channels, monotone.get());
    }
    String signs = binarize.output() + ".signs";
    nodes.add(Rewire.node(binarize, input, input, signs));
    return new PackBits(binarize.name() + ".pack", signs, name, channels, new float[channels]);
  }
}
