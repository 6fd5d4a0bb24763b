package ai.binealnet.core.task;

import ai.binealnet.core.data.DataLoader;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.train.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A network on its data: what is needed to train it and to judge it.
 *
 * @param <B> a batch
 */
public interface TaskRun<B> extends Task<B> {
  /** What computes. */
  Kernels kernels();

  /**
   * Batches of the training data, augmented.
   *
   * @throws ai.binealnet.core.graph.UserError if there is too little data
   */
  DataLoader<?, B> loader();

  /**
   * Sends one sample the whole way, so that what does not fit is found before anything is written.
   *
   * @throws ai.binealnet.core.graph.UserError if there is too little data, or network or
   *     augmentation cannot process pictures of the configured size
   */
  void rehearse();

  /** Judges the network by the training graph in evaluation mode. */
  Evaluation evaluate(Part part);

  /** Lets {@code watch} look at the values of evaluations, by the names of their layers. */
  default void watchedBy(BiConsumer<String, Tensor> watch) {}

  /** The figures of {@link #evaluate} on the validation part, prefixed {@code val_}. */
  @Override
  default Map<String, Double> validate() {
    Map<String, Double> row = new LinkedHashMap<>();
    evaluate(Part.VALIDATION).metrics().forEach((name, value) -> row.put("val_" + name, value));
    return row;
  }
}
