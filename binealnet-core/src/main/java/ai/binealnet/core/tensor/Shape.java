package ai.binealnet.core.tensor;

import java.util.Arrays;

/**
 * Extents of a tensor, channels last: {@code [N,H,W,C]}, {@code [N,C]}, {@code [C]} or {@code
 * [kh,kw,I,O]}.
 */
public final class Shape {
  private final int[] dims;

  private Shape(int[] dims) {
    this.dims = dims;
  }

  /**
   * A shape of the given extents, each at least 1.
   *
   * @throws IllegalArgumentException if an extent is below 1 or the product exceeds an int
   */
  public static Shape of(int... dims) {
    long size = 1;
    for (int dim : dims) {
      size *= dim;
      if (dim < 1 || size > Integer.MAX_VALUE / Float.BYTES) {
        throw new IllegalArgumentException("extents out of range: " + Arrays.toString(dims));
      }
    }
    return new Shape(dims.clone());
  }

  /** Number of axes. */
  public int rank() {
    return dims.length;
  }

  /** Extent of axis {@code axis}, 0 first. */
  public int dim(int axis) {
    return dims[axis];
  }

  /** Number of elements. */
  public int size() {
    int size = 1;
    for (int dim : dims) {
      size *= dim;
    }
    return size;
  }

  /** Extent of the last axis. */
  public int channels() {
    return dims[dims.length - 1];
  }

  /** Product of all axes but the last. */
  public int rows() {
    return size() / channels();
  }

  /** The extents, a copy. */
  public int[] dims() {
    return dims.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
