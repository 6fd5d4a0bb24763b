package ai.binealnet.core.task;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.data.DataLoader;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import ai.binealnet.core.train.TrainingConfig;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * What the runs of all tasks share: a network with what computes it and the memory that it takes.
 *
 * @param <B> a batch
 */
public abstract class NetworkRun<B> implements TaskRun<B> {
  /** Threads that prepare data, beside those that compute. */
  protected static final int LOADER_THREADS = 1;

  private final TaskNetwork network;
  private final TrainingConfig training;
  private final Kernels kernels;
  private final TensorPool pool = new TensorPool();
  private BiConsumer<String, Tensor> watch = (name, value) -> {};

  /** A run on this machine's CPU, in the recipe's precision. */
  protected NetworkRun(TaskNetwork network, TrainingConfig training) {
    this(network, training, new CpuKernels(training.precision()));
  }

  /** A run on kernels of choice. */
  protected NetworkRun(TaskNetwork network, TrainingConfig training, Kernels kernels) {
    this.network = network;
    this.training = training;
    this.kernels = kernels;
  }

  @Override
  public final Kernels kernels() {
    return kernels;
  }

  @Override
  public final List<Parameter> parameters() {
    return network.parameters();
  }

  @Override
  public final void watchedBy(BiConsumer<String, Tensor> other) {
    watch = other;
  }

  /** Memory for what is needed only while a loss is computed. */
  protected final TensorPool pool() {
    return pool;
  }

  /** A tape in evaluation mode, whose values are watched. */
  protected final Tape evaluation() {
    return Tape.evaluation(kernels, pool).observedBy(watch);
  }

  /** How training batches are loaded. */
  protected final DataLoader.Settings loading() {
    return DataLoader.Settings.training(training.batch(), training.seed(), LOADER_THREADS);
  }

  /**
   * Pictures as the input of a tape, [N,H,W,C].
   *
   * @param pixels normalised, a whole number of pictures of {@code spec}
   */
  protected static Variable input(Tape tape, ImageSpec spec, float[] pixels) {
    int count = pixels.length / spec.elements();
    Shape shape = Shape.of(count, spec.height(), spec.width(), spec.mean().length);
    return tape.input(tape.allocate(shape).set(pixels));
  }

  /**
   * The error of a network that cannot process pictures of a size.
   *
   * @param good sizes that it can
   * @param keys of the configuration that decide the size
   */
  protected static UserError unusableSize(
      ImageSpec spec, String good, String keys, IllegalArgumentException cause) {
    return new UserError(
        "the network cannot process pictures of %d rows x %d columns"
            .formatted(spec.height(), spec.width()),
        good,
        cause.getMessage(),
        "change " + keys,
        cause);
  }
}
