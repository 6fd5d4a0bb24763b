/** The segmentation network: a dilated backbone with a fully convolutional head. */
package ai.binealnet.segment.model;
