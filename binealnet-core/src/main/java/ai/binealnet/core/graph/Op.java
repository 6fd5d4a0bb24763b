package ai.binealnet.core.graph;

/**
 * The operator of a {@link Node}; one constant for each node record, so that a {@code switch} over
 * nodes is exhaustive.
 */
public enum Op {
  /** {@link Normalize}. */
  NORMALIZE,
  /** {@link Conv2d}. */
  CONV2D,
  /** {@link Affine}. */
  AFFINE,
  /** {@link Binarize}. */
  BINARIZE,
  /** {@link PRelu}. */
  PRELU,
  /** {@link Add}. */
  ADD,
  /** {@link Quantize}. */
  QUANTIZE,
  /** {@link AveragePool}. */
  AVERAGE_POOL,
  /** {@link MaxPool}. */
  MAX_POOL,
  /** {@link GlobalAveragePool}. */
  GLOBAL_AVERAGE_POOL,
  /** {@link Upsample}. */
  UPSAMPLE,
  /** {@link DepthToSpace}. */
  DEPTH_TO_SPACE,
  /** {@link Linear}. */
  LINEAR,
  /** {@link PackBits}. */
  PACK_BITS,
  /** {@link UnpackBits}. */
  UNPACK_BITS,
  /** {@link PackedConv2d}. */
  PACKED_CONV2D,
  /** {@link ByteConv2d}. */
  BYTE_CONV2D,
  /** {@link BinaryMaxPool}. */
  BINARY_MAX_POOL,
  /** {@link StreamPool}. */
  STREAM_POOL,
  /** {@link StreamBinarize}. */
  STREAM_BINARIZE,
  /** {@link StreamDequantize}. */
  STREAM_DEQUANTIZE,
  /** {@link PackedUpsample}. */
  PACKED_UPSAMPLE,
  /** {@link PackedGlobalPool}. */
  PACKED_GLOBAL_POOL,
  /** {@link ByteLinear}. */
  BYTE_LINEAR
}
