/** Judging a classifier on a dataset. */
package ai.binealnet.classify.metric;
