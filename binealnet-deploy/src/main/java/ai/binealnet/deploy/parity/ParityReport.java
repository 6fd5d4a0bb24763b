package ai.binealnet.deploy.parity;

import java.util.List;

/**
 * The result of a comparison.
 *
 * @param bitExact whether something was compared and nothing differed
 * @param mismatches numbers that differed, over all values and implementations
 * @param images images compared
 * @param implementations who took part; the first is what the others were compared with
 * @param layers every value compared, in the network's order
 */
public record ParityReport(
    boolean bitExact,
    long mismatches,
    int images,
    List<String> implementations,
    List<LayerParity> layers) {}
