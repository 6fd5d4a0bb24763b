/**
 * Pictures with a class for every pixel: folders of label PNG and colour maps, augmentation that
 * carries labels along.
 */
package ai.binealnet.segment.data;
