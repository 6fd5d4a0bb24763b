package ai.binealnet.core.autograd;

import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.Precision;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Records what a network computes for one batch and runs it backwards. All temporaries come from a
 * pool and go back to it: an intermediate value as soon as its gradient has been passed on, the
 * rest when the tape is closed.
 *
 * <pre>{@code
 * try (Tape tape = Tape.training(kernels, pool)) {
 *   Variable loss = network.loss(tape, tape.input(images), labels);
 *   tape.backward(loss);
 * }
 * }</pre>
 */
public final class Tape implements AutoCloseable {
  /** The gradient of one operator. */
  @FunctionalInterface
  public interface Rule {
    /**
     * Passes {@code dy}, the gradient of the operator's output, on to its inputs. The rule owns
     * {@code dy}: it hands it on by {@link Tape#accumulate} or gives it back by {@link
     * Tape#release}.
     */
    void run(Tensor dy);
  }

  private static final int MOVING = -1;

  private record Entry(Variable output, Rule rule) {}

  private final Kernels kernels;
  private final TensorPool pool;
  private final boolean training;
  private final boolean rounding;
  private final int gathered;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private final Set<Tensor> live = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Tensor> confined = new ArrayList<>();
  private BiConsumer<String, Tensor> observer = (name, value) -> {};

  private Tape(Kernels kernels, TensorPool pool, boolean training, boolean rounding, int gathered) {
    this.kernels = kernels;
    this.pool = pool;
    this.training = training;
    this.rounding = rounding;
    this.gathered = gathered;
  }

  /** A tape that records gradients; layers behave as in training (batch statistics). */
  public static Tape training(Kernels kernels, TensorPool pool) {
    return new Tape(kernels, pool, true, true, MOVING);
  }

  /**
   * A tape that records nothing; layers behave as in evaluation (running statistics, exact integer
   * arithmetic).
   */
  public static Tape evaluation(Kernels kernels, TensorPool pool) {
    return new Tape(kernels, pool, false, false, MOVING);
  }

  /**
   * As {@link #evaluation}, but convolutions may round as in training: faster, for outputs that
   * nobody has to repeat to the bit.
   */
  public static Tape roundedEvaluation(Kernels kernels, TensorPool pool) {
    return new Tape(kernels, pool, false, true, MOVING);
  }

  /**
   * A tape that records nothing on which layers behave as in training, to gather statistics over
   * batches: norms pool this batch's moments with those of the batches before.
   *
   * @param batches gathered before, from 0; the first one replaces what was there
   */
  public static Tape gathering(Kernels kernels, TensorPool pool, int batches) {
    return new Tape(kernels, pool, true, true, batches);
  }

  /** Lets {@code observer} see every named value as it is computed; it must copy what it keeps. */
  public Tape observedBy(BiConsumer<String, Tensor> observer) {
    this.observer = observer;
    return this;
  }

  /** Whether layers behave as in training. */
  public boolean isTraining() {
    return training;
  }

  /** What convolutions of real numbers multiply: float32 where export repeats it to the bit. */
  Precision precision() {
    return rounding ? kernels.precision() : Precision.FLOAT32;
  }

  /** Whether norms pool moments over batches, instead of moving their averages. */
  boolean isGathering() {
    return gathered != MOVING;
  }

  /** How many batches norms have gathered before this one. */
  int gathered() {
    return gathered;
  }

  /** The device. */
  public Kernels kernels() {
    return kernels;
  }

  /** A value that needs no gradient; the caller keeps the tensor. */
  public Variable input(Tensor value) {
    return new Variable(value, false);
  }

  /** A temporary of unspecified contents, valid until released or until the tape is closed. */
  public Tensor allocate(Shape shape) {
    Tensor tensor = pool.allocate(shape);
    live.add(tensor);
    if (!training) {
      confined.add(tensor);
    }
    return tensor;
  }

  /** Gives a temporary back early. */
  public void release(Tensor tensor) {
    if (live.remove(tensor)) {
      pool.release(tensor);
    }
  }

  /**
   * A part of a network. Without gradients, nothing that it computed is needed afterwards but its
   * result: the rest is given back at once, so that large pictures fit into memory.
   */
  public Variable confine(Supplier<Variable> part) {
    int before = confined.size();
    Variable result = part.get();
    if (!training) {
      List<Tensor> inside = confined.subList(before, confined.size());
      inside.stream().filter(t -> !t.sharesMemory(result.value())).forEach(this::release);
      inside.removeIf(t -> !live.contains(t));
    }
    return result;
  }

  /** The output of an operator and, on a training tape, its gradient rule. */
  public Variable record(Tensor value, Rule rule) {
    Variable output = new Variable(value, true);
    if (training && !isGathering()) {
      entries.push(new Entry(output, rule));
    }
    return output;
  }

  /**
   * The output of an operator of one input.
   *
   * @param backward fills the gradient of {@code x}, its second argument, from that of the output
   */
  Variable record(Variable x, Tensor value, BiConsumer<Tensor, Tensor> backward) {
    return record(
        value,
        dy -> {
          Tensor dx = allocate(x.shape());
          backward.accept(dy, dx);
          release(dy);
          accumulate(x, dx);
        });
  }

  /** Shows a named value to the observer and returns it. */
  public Variable observe(String name, Variable variable) {
    observer.accept(name, variable.value());
    return variable;
  }

  /** Adds {@code gradient} to that of {@code target} and takes the tensor over. */
  public void accumulate(Variable target, Tensor gradient) {
    if (!target.needsGradient()) {
      release(gradient);
    } else if (target.gradient() == null) {
      target.setGradient(gradient);
    } else {
      kernels.add(target.gradient(), gradient, target.gradient());
      release(gradient);
    }
  }

  /**
   * Computes the gradients of {@code loss}, a single element, with respect to all parameters,
   * adding to what their gradients hold.
   */
  public void backward(Variable loss) {
    if (!training || isGathering()) {
      throw new IllegalStateException("this tape records no gradients");
    }
    loss.setGradient(allocate(loss.shape()).fill(1));
    while (!entries.isEmpty()) {
      Entry entry = entries.pop();
      Tensor dy = entry.output.gradient();
      if (dy != null) {
        entry.output.setGradient(null);
        entry.rule.run(dy);
      }
      if (entry.output != loss) {
        release(entry.output.value());
      }
    }
  }

  /** Gives every temporary back; values computed on this tape are invalid afterwards. */
  @Override
  public void close() {
    entries.clear();
    live.forEach(pool::release);
    live.clear();
    confined.clear();
  }
}
