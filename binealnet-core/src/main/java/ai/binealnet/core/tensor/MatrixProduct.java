package ai.binealnet.core.tensor;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A float32 matrix product by ND4J's BLAS: the yardstick of what a machine can do right now. */
public final class MatrixProduct {
  private static final int SIZE = 1024;

  private final INDArray a = Nd4j.ones(DataType.FLOAT, SIZE, SIZE);
  private final INDArray b = Nd4j.ones(DataType.FLOAT, SIZE, SIZE);
  private final INDArray c = Nd4j.zeros(DataType.FLOAT, SIZE, SIZE);

  /** Multiplies two 1024 x 1024 matrices once; 10^9 multiply-accumulate operations per second. */
  public double gmacs() {
    long start = System.nanoTime();
    Nd4j.gemm(a, b, c, false, false, 1, 0);
    return (double) SIZE * SIZE * SIZE / (System.nanoTime() - start);
  }
}
