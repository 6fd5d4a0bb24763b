package ai.binealnet.cli;

/**
 * What {@code predict} is asked for beyond its pictures; a task ignores what is not its own.
 *
 * @param resize classifiers: pictures are scaled and cropped to the model's size
 * @param binaryDescriptors matching: bits instead of numbers, compared by Hamming distance
 * @param minScore detectors: the lowest score of a box that is reported, in [0, 1]
 */
record PredictOptions(boolean resize, boolean binaryDescriptors, double minScore) {}
