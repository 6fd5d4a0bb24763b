package ai.binealnet.deploy;

import java.util.Locale;

/** The forms in which a network can be written. */
public enum ModelKind {
  /** Packed bits and 8-bit integers, wherever they are exact. */
  BINARY,
  /** Every layer in float32 and standard operators: the baseline. */
  FP32,
  /** Every layer in 8-bit integers, calibrated, in QDQ form: the baseline to beat. */
  INT8,
  /** Float32 with QONNX's quantizers, for FINN and other readers of that form. */
  QONNX;

  /** The name that people use, such as {@code binary}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
