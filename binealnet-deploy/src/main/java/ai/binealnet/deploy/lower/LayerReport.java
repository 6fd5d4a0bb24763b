package ai.binealnet.deploy.lower;

/**
 * One layer that multiplies, as it is reported to people.
 *
 * @param name the layer's name
 * @param op its operator in the model file
 * @param inputBits bits of one input number
 * @param weightBits bits of one weight
 * @param macs multiply-accumulate operations for one image, true channels only
 * @param bytes weights, thresholds and scales as stored
 * @param accelerated whether it runs on packed bits or 8-bit integers
 * @param reason why not, or empty
 */
public record LayerReport(
    String name,
    String op,
    int inputBits,
    int weightBits,
    long macs,
    long bytes,
    boolean accelerated,
    String reason) {
  /** Whether both inputs and weights have one bit. */
  public boolean isBinary() {
    return inputBits == 1 && weightBits == 1;
  }
}
