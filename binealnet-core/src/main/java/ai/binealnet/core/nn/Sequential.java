package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import java.util.List;

/**
 * Layers one after the other; a parameter that two of them share is listed once.
 *
 * @param layers in order
 */
public record Sequential(List<Layer> layers) implements Layer {
  /** Copies the list. */
  public Sequential {
    layers = List.copyOf(layers);
  }

  /** Layers one after the other. */
  public static Sequential of(Layer... layers) {
    return new Sequential(List.of(layers));
  }

  @Override
  public Variable forward(Tape tape, Variable x) {
    Variable y = x;
    for (Layer layer : layers) {
      Variable before = y;
      y = tape.confine(() -> layer.forward(tape, before));
      if (!tape.isTraining() && before != x && !before.value().sharesMemory(y.value())) {
        tape.release(before.value()); // nobody else has seen it
      }
    }
    return y;
  }

  @Override
  public Value emit(GraphBuilder graph, Value x) {
    Value y = x;
    for (Layer layer : layers) {
      y = layer.emit(graph, y);
    }
    return y;
  }

  @Override
  public List<Parameter> parameters() {
    return layers.stream().flatMap(layer -> layer.parameters().stream()).distinct().toList();
  }
}
