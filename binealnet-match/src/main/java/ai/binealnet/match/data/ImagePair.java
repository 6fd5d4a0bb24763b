package ai.binealnet.match.data;

import ai.binealnet.core.data.Image;
import ai.binealnet.match.geometry.Homography;

/**
 * Two pictures of one plane.
 *
 * @param first picture
 * @param second picture
 * @param map from places in the first to places in the second
 */
public record ImagePair(Image first, Image second, Homography map) {}
