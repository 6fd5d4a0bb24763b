package ai.binealnet.core.backbone;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.nn.GraphBuilder;
import ai.binealnet.core.nn.Layer;
import ai.binealnet.core.nn.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A stem and stages, each at a coarser resolution than the one before.
 *
 * @param config what it was built from
 * @param stem first layer
 * @param stages stages in order
 * @param channels output channels of each stage
 * @param kind what the last stage puts out
 */
public record Backbone(
    BackboneConfig config, Layer stem, List<Layer> stages, List<Integer> channels, OutputKind kind)
    implements Layer {
  /** What a stage puts out. */
  public enum OutputKind {
    /** +1 and -1. */
    BITS,
    /** 8-bit integers times a scale. */
    STREAM,
    /** Real values. */
    REAL
  }

  /** Outputs of all stages, finest first. */
  public List<Variable> features(Tape tape, Variable x) {
    List<Variable> features = new ArrayList<>();
    Variable y = stem.forward(tape, x);
    for (Layer stage : stages) {
      y = stage.forward(tape, y);
      features.add(y);
    }
    return features;
  }

  @Override
  public Variable forward(Tape tape, Variable x) {
    List<Variable> features = features(tape, x);
    return features.get(features.size() - 1);
  }

  /** Emits the whole backbone; the outputs of all stages, finest first. */
  public List<Value> emitFeatures(GraphBuilder graph, Value x) {
    List<Value> features = new ArrayList<>();
    Value y = stem.emit(graph, x);
    for (Layer stage : stages) {
      y = stage.emit(graph, y);
      features.add(y);
    }
    return features;
  }

  @Override
  public Value emit(GraphBuilder graph, Value x) {
    List<Value> features = emitFeatures(graph, x);
    return features.get(features.size() - 1);
  }

  /** Channels of the last stage. */
  public int outputChannels() {
    return channels.get(channels.size() - 1);
  }

  @Override
  public List<Parameter> parameters() {
    return Stream.concat(Stream.of(stem), stages.stream())
        .flatMap(layer -> layer.parameters().stream())
        .distinct()
        .toList();
  }
}
