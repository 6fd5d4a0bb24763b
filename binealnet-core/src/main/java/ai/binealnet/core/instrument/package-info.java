/**
 * Instruments of a training of binary networks: which weights flip, which are dead, which channels
 * never change, where the thresholds lie, how large the gradients are. They read and change
 * nothing; what they see goes to {@code layers.csv}, to the summary columns of the run log and to
 * event files for TensorBoard.
 */
package ai.binealnet.core.instrument;
