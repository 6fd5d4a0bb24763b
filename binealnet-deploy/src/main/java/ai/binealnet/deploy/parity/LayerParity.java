package ai.binealnet.deploy.parity;

/**
 * How one value compared over all images.
 *
 * @param value its name
 * @param form {@code bits}, {@code int8} or {@code real}
 * @param numbers numbers compared, over all implementations
 * @param mismatches numbers that differed
 */
public record LayerParity(String value, String form, long numbers, long mismatches) {}
