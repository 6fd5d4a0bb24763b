package ai.binealnet.core.train;

import java.util.Map;

/** Watches a training; a progress bar or a line printer. */
public interface Progress {
  /** Watches nothing. */
  Progress NONE = new Progress() {};

  /**
   * After each step.
   *
   * @param epoch from 0
   * @param step steps done in this epoch
   * @param steps steps of an epoch
   * @param loss mean loss of this epoch so far
   */
  default void step(int epoch, int step, int steps, double loss) {}

  /** After each epoch, with the row that the run log got. */
  default void epoch(int epoch, Map<String, Double> row) {}
}
