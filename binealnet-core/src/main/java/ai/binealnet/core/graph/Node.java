package ai.binealnet.core.graph;

import java.util.List;

/**
 * One operation of a {@link ModelGraph}. Values are named by strings; a value is written by exactly
 * one node (or is the graph's input) and read by any number of later ones. Arrays inside the
 * records belong to the graph and are never modified.
 */
public sealed interface Node
    permits Normalize,
        Conv2d,
        Affine,
        Binarize,
        PRelu,
        Add,
        Quantize,
        AveragePool,
        MaxPool,
        GlobalAveragePool,
        Upsample,
        DepthToSpace,
        Linear,
        PackBits,
        UnpackBits,
        PackedConv2d,
        ByteConv2d,
        BinaryMaxPool,
        StreamPool,
        StreamBinarize,
        StreamDequantize,
        PackedGlobalPool,
        PackedUpsample,
        ByteLinear {

  /**
   * Readable and unique within the graph: the name of the layer that emitted it, such as {@code
   * stage1.block0.conv1}.
   */
  String name();

  /** Names of the values read. */
  List<String> inputs();

  /** Names of the values written. */
  List<String> outputs();

  /** The operator. */
  Op op();
}
