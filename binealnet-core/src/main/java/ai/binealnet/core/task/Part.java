package ai.binealnet.core.task;

/** The parts of the data that a network is judged on. */
public enum Part {
  /** To choose by. */
  VALIDATION,
  /** For the final figure. */
  TEST
}
