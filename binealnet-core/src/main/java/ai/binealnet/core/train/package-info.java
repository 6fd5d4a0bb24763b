/**
 * The training loop and what it keeps: {@link ai.binealnet.core.train.Trainer}, {@link
 * ai.binealnet.core.train.Checkpoint}, {@link ai.binealnet.core.train.RunLog}, configuration files.
 * What is learned is told by a {@link ai.binealnet.core.train.Task}; pictures of a run are {@code
 * report}'s.
 */
package ai.binealnet.core.train;
