/** What a segmentation network learns from: cross entropy of every pixel, weighted by class. */
package ai.binealnet.segment.loss;
