/**
 * Pictures of results: curves of a run log, contact sheets, confusion. Reads logs and finished
 * results only; nothing here computes a metric.
 */
package ai.binealnet.core.report;
