package ai.binealnet.cli;

import java.util.List;

/**
 * What {@code demo} trains.
 *
 * @param samples folder below {@code samples/}
 * @param settings over the task's defaults: small enough for a few minutes on two cores
 * @param epochs of each training
 * @param verified test pictures at most that are compared bit for bit
 */
record DemoPlan(String samples, List<String> settings, int epochs, int verified) {}
