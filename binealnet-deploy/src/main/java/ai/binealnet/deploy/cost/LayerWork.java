package ai.binealnet.deploy.cost;

/**
 * One layer that multiplies, as work for an accelerator: a matrix product of {@code pixels x depth}
 * inputs (windows of the image, laid out) and {@code depth x filters} weights. True channels only.
 *
 * @param name the layer's name
 * @param depth terms of one sum: taps times input channels
 * @param filters output channels
 * @param pixels output pixels of one image, 1 for a fully connected layer
 * @param inputs numbers that the layer reads, without overlap of windows
 * @param inputBits bits of one of them
 * @param weightBits bits of one weight
 * @param residualBits bits of a second operand for each result, such as a skip; 0 for none
 * @param outputBits bits stored for each result; 9 for an 8-bit stream and its sign
 */
public record LayerWork(
    String name,
    int depth,
    int filters,
    long pixels,
    long inputs,
    int inputBits,
    int weightBits,
    int residualBits,
    int outputBits) {

  private static final int EIGHT = 8;

  /** Multiply-accumulate operations for one image. */
  public long macs() {
    return weights() * pixels;
  }

  /** Bits of the wider factor, by which operations are counted: 1 only if both have 1. */
  public int macBits() {
    return Math.max(inputBits, weightBits);
  }

  /** Number of weights. */
  public long weights() {
    return (long) depth * filters;
  }

  /** Bytes of the weights, without scales and thresholds. */
  public long weightBytes() {
    return bytes(weights(), weightBits);
  }

  /** Bytes of activations read: the input and the residual. */
  public long inputBytes() {
    return bytes(inputs, inputBits) + bytes(results(), residualBits);
  }

  /** Bytes of activations written. */
  public long outputBytes() {
    return bytes(results(), outputBits);
  }

  /** Whether the layer multiplies bits by bits. */
  public boolean isBinary() {
    return macBits() == 1;
  }

  /** The same layer with every number in 8 bits. */
  public LayerWork at8Bits() {
    int residual = residualBits == 0 ? 0 : EIGHT;
    return new LayerWork(name, depth, filters, pixels, inputs, EIGHT, EIGHT, residual, EIGHT);
  }

  private long results() {
    return pixels * filters;
  }

  private static long bytes(long numbers, int bits) {
    return (numbers * bits + Byte.SIZE - 1) / Byte.SIZE;
  }
}
