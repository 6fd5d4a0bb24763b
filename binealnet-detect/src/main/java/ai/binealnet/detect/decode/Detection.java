package ai.binealnet.detect.decode;

/**
 * Something found in a picture.
 *
 * @param box where, in the picture's own pixels
 * @param label index of its class
 * @param score how sure the network is, in [0, 1]
 */
public record Detection(Box box, int label, double score) {}
