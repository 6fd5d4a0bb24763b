/**
 * Segmentation: a class for every pixel. No code yet: this module will have the inner layout of
 * {@code ai.binealnet.classify}.
 */
package ai.binealnet.segment;
