package ai.binealnet.core.train;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.optim.GradientClipping;
import ai.binealnet.core.optim.Optimizer;
import ai.binealnet.core.optim.WeightAverage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that changes from step to step: parameters, their averages and the optimizer's memory. A
 * checkpoint holds the averages under the parameters' own names, so that whoever reads it gets the
 * weights to use, and beside them what training goes on from.
 */
final class TrainingState {
  private final List<Parameter> parameters;
  private final Checkpoint checkpoint;
  private final GradientClipping clipping;
  private final Optimizer optimizer;
  private final WeightAverage average;

  TrainingState(List<Parameter> parameters, TrainingConfig config, Checkpoint checkpoint) {
    this.parameters = parameters;
    this.checkpoint = checkpoint;
    this.clipping = new GradientClipping(parameters, config.clipNorm());
    this.optimizer = config.optimizer(parameters);
    this.average = new WeightAverage(parameters, config.ema());
  }

  /**
   * Uses up the gradients.
   *
   * @param step steps of the whole training before this one
   */
  void step(double rate, long step) {
    clipping.apply();
    optimizer.step(rate);
    average.update(step);
  }

  /** Exchanges what training goes on from for the weights to use, or back. */
  void swapAverage() {
    average.swap();
  }

  void save(Checkpoint.Position position) {
    average.swap();
    try {
      checkpoint.save(position, parameters, extra());
    } finally {
      average.swap();
    }
  }

  /** Continues from the checkpoint, or from the very start if there is none. */
  Checkpoint.Position restore() {
    if (!checkpoint.exists()) {
      return Checkpoint.Position.START;
    }
    Checkpoint.Position position = checkpoint.restore(parameters, extra());
    average.swap();
    return position;
  }

  private Map<String, float[]> extra() {
    Map<String, float[]> extra = new LinkedHashMap<>(optimizer.state());
    extra.putAll(average.state());
    return extra;
  }
}
