package ai.binealnet.core.inference;

/**
 * Real numbers that a network returned.
 *
 * @param shape extents, the batch first
 * @param values row-major
 */
public record FloatTensor(long[] shape, float[] values) {}
