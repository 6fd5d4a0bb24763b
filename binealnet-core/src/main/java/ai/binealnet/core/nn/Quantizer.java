package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.binary.PowerOfTwoQuantizer;
import ai.binealnet.core.graph.Quantize;
import ai.binealnet.core.tensor.Shape;
import java.util.List;

/**
 * Quantization to a signed integer with a learned power-of-two scale; see {@link
 * PowerOfTwoQuantizer}.
 */
public final class Quantizer implements Layer {
  private final String name;
  private final Parameter log2Scale;
  private final int min;
  private final int max;

  private Quantizer(String name, Parameter log2Scale, int min, int max) {
    this.name = name;
    this.log2Scale = log2Scale;
    this.min = min;
    this.max = max;
  }

  /**
   * A quantizer to {@code bits} bits.
   *
   * @param initialLog2Scale exponent of the scale at first, such as -1 for 0.5
   */
  public Quantizer(String name, int bits, int initialLog2Scale) {
    this(
        name,
        new Parameter(
            name + ".log2scale",
            Parameter.Role.SCALE,
            Initializer.constant(Shape.of(1), initialLog2Scale)),
        -(1 << bits - 1),
        (1 << bits - 1) - 1);
  }

  /** Another quantizer with the same, shared scale. */
  public Quantizer sharedAs(String other) {
    return new Quantizer(other, log2Scale, min, max);
  }

  @Override
  public Variable forward(Tape tape, Variable x) {
    return tape.observe(name, PowerOfTwoQuantizer.quantize(tape, x, log2Scale, min, max));
  }

  /** The quantized {@code prelu(x)}. */
  Variable forward(Tape tape, Variable x, Parameter slope) {
    return tape.observe(
        name, PowerOfTwoQuantizer.quantizePrelu(tape, x, slope, log2Scale, min, max));
  }

  @Override
  public Value emit(GraphBuilder graph, Value x) {
    graph.add(new Quantize(name, x.name(), name, PowerOfTwoQuantizer.scale(log2Scale), min, max));
    return x.named(name);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(log2Scale);
  }
}
