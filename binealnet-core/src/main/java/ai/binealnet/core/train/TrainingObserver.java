package ai.binealnet.core.train;

import java.util.Map;

/**
 * Looks into a training without changing it. The network may be read in every call, and only there.
 */
public interface TrainingObserver {
  /** Looks at nothing. */
  TrainingObserver NONE = new TrainingObserver() {};

  /**
   * Before the first step, with the weights that training starts or continues from.
   *
   * @param position where; rows of this epoch and later will be written again
   */
  default void begin(Checkpoint.Position position) {}

  /**
   * When the gradients of a step are complete, before the optimizer uses them.
   *
   * @param step from 0, within the epoch
   * @param steps of an epoch
   */
  default void gradients(int step, int steps) {}

  /**
   * After validation at the end of an epoch.
   *
   * @param epoch from 0
   * @param row what the run log will get
   * @return values to add to the row or to replace there; the same names after every epoch
   */
  default Map<String, Double> epoch(int epoch, Map<String, Double> row) {
    return Map.of();
  }

  /** Just before a checkpoint of this position replaces the one before. */
  default void saving(Checkpoint.Position position) {}
}
