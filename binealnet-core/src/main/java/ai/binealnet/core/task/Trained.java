package ai.binealnet.core.task;

import ai.binealnet.core.train.RunFolder;
import java.util.Map;

/**
 * What a finished training came to.
 *
 * @param run its folder
 * @param metrics the last epoch's row of the run log, and the figures of the test set
 * @param test the test set in detail
 */
public record Trained(RunFolder run, Map<String, Double> metrics, Evaluation test) {}
