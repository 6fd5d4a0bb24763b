/**
 * What every vision task is made of, and what all of them do alike: train, resume, load ({@link
 * ai.binealnet.core.task.Runs}). What a task learns, from which data, and how it is judged lives in
 * the task modules.
 */
package ai.binealnet.core.task;
