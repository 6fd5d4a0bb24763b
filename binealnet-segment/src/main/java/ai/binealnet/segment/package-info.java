/** Segmentation: a class for every pixel, by a fully convolutional binary network. */
package ai.binealnet.segment;
