/** Judging a segmentation: intersection over union, accuracy, pictures. */
package ai.binealnet.segment.metric;
