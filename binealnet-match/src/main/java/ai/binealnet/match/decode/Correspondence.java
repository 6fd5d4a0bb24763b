package ai.binealnet.match.decode;

/**
 * Two key points that are taken for the same.
 *
 * @param first number of the key point in the first picture
 * @param second number of the key point in the second picture
 * @param distance of the descriptors: 1 - cosine, or differing bits
 */
public record Correspondence(int first, int second, double distance) {}
