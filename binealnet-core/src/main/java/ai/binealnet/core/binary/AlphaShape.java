package ai.binealnet.core.binary;

import ai.binealnet.core.tensor.Shape;

/** How finely the learned factor alpha of the weight binarizer is resolved. */
public enum AlphaShape {
  /** One for each output channel. */
  OUT,
  /** One for each pair of input and output channel. */
  OUT_IN,
  /** One for each weight. */
  FULL;

  /** Alpha's shape for weights [kh,kw,I,O]. */
  public Shape of(Shape weights) {
    return switch (this) {
      case OUT -> Shape.of(weights.dim(3));
      case OUT_IN -> Shape.of(weights.dim(2), weights.dim(3));
      case FULL -> weights;
    };
  }
}
