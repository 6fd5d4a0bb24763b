/** Judging detections against what people marked. */
package ai.binealnet.detect.metric;
