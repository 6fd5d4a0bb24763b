package ai.binealnet.deploy.cost;

/**
 * Cycles for one image on a {@link SystolicArray}.
 *
 * @param total what counts: see {@link Units}
 * @param eightBit of layers with wider numbers than bits
 * @param oneBit of layers that multiply bits by bits
 * @param memory that the transfers alone would take
 */
public record Cycles(long total, long eightBit, long oneBit, long memory) {}
