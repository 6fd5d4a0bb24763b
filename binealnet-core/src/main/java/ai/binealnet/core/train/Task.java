package ai.binealnet.core.train;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import java.util.List;
import java.util.Map;

/**
 * What a {@link Trainer} trains: a network, its loss and how it is judged.
 *
 * @param <B> a batch
 */
public interface Task<B> {
  /** The network's parameters and statistics. */
  List<Parameter> parameters();

  /** The loss of one batch, shape [1]. */
  Variable loss(Tape tape, B batch);

  /** Sends one batch through the network and forgets the result, to gather statistics. */
  default void forward(Tape tape, B batch) {
    loss(tape, batch);
  }

  /** Metrics on the validation data, by their standard names, after an epoch. */
  Map<String, Double> validate();
}
