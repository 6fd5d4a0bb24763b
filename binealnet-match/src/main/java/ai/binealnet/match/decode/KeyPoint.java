package ai.binealnet.match.decode;

import ai.binealnet.match.geometry.Point;

/**
 * A place that is likely to be found again.
 *
 * @param place in the picture
 * @param score the higher, the more likely
 * @param scale pixels of the picture per pixel of the level where it was found
 */
public record KeyPoint(Point place, double score, double scale) {}
