package ai.binealnet.core.tensor;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx512_core_bf16;
import static org.bytedeco.dnnl.global.dnnl.dnnl_get_effective_cpu_isa;

import ai.binealnet.core.graph.ConvGeometry;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;

/**
 * oneDNN's convolution of one shape and geometry: forward and both gradients, zero padding.
 * Activations stay NHWC, in place if they are multiplied in float32; the small weight tensors are
 * reordered to whatever layout the primitive prefers. Only the direct algorithm is used: Winograd's
 * transforms would not be exact on integers.
 */
final class OneDnnConvolution {
  private static final engine ENGINE = new engine(engine.kind.cpu, 0);
  // memory objects are created with this placeholder and pointed at each call's tensors
  private static final FloatPointer PLACEHOLDER = new FloatPointer(16);

  private final stream stream = new stream(ENGINE);
  private final Operand x;
  private final Operand y;
  private final Operand dx;
  private final Operand dy;
  private final convolution_forward forward;
  private final Operand forwardWeights;
  private final IntMemoryMap forwardArguments = new IntMemoryMap();
  private final convolution_backward_data backwardData;
  private final Operand backwardDataWeights;
  private final IntMemoryMap backwardDataArguments = new IntMemoryMap();
  private final convolution_backward_weights backwardWeights;
  private final Operand weightGradient;
  private final IntMemoryMap backwardWeightsArguments = new IntMemoryMap();

  /** Whether this processor multiplies numbers of that precision at least as fast as float32. */
  static boolean isFast(Precision precision) {
    return precision == Precision.FLOAT32
        || (dnnl_get_effective_cpu_isa() & dnnl_cpu_isa_avx512_core_bf16)
            == dnnl_cpu_isa_avx512_core_bf16;
  }

  OneDnnConvolution(Shape input, Shape weights, ConvGeometry geometry, Precision precision) {
    int height = geometry.outputHeight(input.dim(1));
    int width = geometry.outputWidth(input.dim(2));
    long[] xDims = {input.dim(0), input.dim(3), input.dim(1), input.dim(2)};
    long[] wDims = {weights.dim(3), weights.dim(2), weights.dim(0), weights.dim(1)};
    long[] yDims = {input.dim(0), weights.dim(3), height, width};
    memory.data_type real = memory.data_type.f32;
    memory.data_type factor =
        precision == Precision.BFLOAT16 ? memory.data_type.bf16 : memory.data_type.f32;
    memory.desc xDesc = new memory.desc(xDims, real, memory.format_tag.nhwc);
    memory.desc xFactor = new memory.desc(xDims, factor, memory.format_tag.nhwc);
    memory.desc wDesc = new memory.desc(wDims, real, memory.format_tag.hwio);
    memory.desc wAny = new memory.desc(wDims, real, memory.format_tag.any);
    memory.desc wFactor = new memory.desc(wDims, factor, memory.format_tag.any);
    memory.desc yDesc = new memory.desc(yDims, real, memory.format_tag.nhwc);
    memory.desc yFactor = new memory.desc(yDims, factor, memory.format_tag.nhwc);
    long[] strides = {geometry.stride(), geometry.stride()};
    long[] dilates = {geometry.dilation() - 1, geometry.dilation() - 1};
    long[] before = {geometry.padding(), geometry.padding()};
    long[] after = {
      endPadding(height, input.dim(1), geometry.kernelHeight(), geometry),
      endPadding(width, input.dim(2), geometry.kernelWidth(), geometry)
    };
    var forwardDesc =
        new convolution_forward.primitive_desc(
            ENGINE,
            prop_kind.forward_training,
            algorithm.convolution_direct,
            xFactor,
            wFactor,
            yDesc,
            strides,
            dilates,
            before,
            after);
    // the gradients ask for the forward pass that they belong to, one of their own data types
    var hint =
        new convolution_forward.primitive_desc(
            ENGINE,
            prop_kind.forward_training,
            algorithm.convolution_direct,
            xFactor,
            wFactor,
            yFactor,
            strides,
            dilates,
            before,
            after);
    var dataDesc =
        new convolution_backward_data.primitive_desc(
            ENGINE,
            algorithm.convolution_direct,
            xDesc,
            wFactor,
            yFactor,
            strides,
            dilates,
            before,
            after,
            hint);
    var weightsDesc =
        new convolution_backward_weights.primitive_desc(
            ENGINE,
            algorithm.convolution_direct,
            xFactor,
            wAny,
            yFactor,
            strides,
            dilates,
            before,
            after,
            hint);
    x = new Operand(xDesc, xFactor);
    y = new Operand(yDesc, yDesc);
    dx = new Operand(xDesc, xDesc);
    dy = new Operand(yDesc, yFactor);
    forward = new convolution_forward(forwardDesc);
    forwardWeights = new Operand(wDesc, forwardDesc.weights_desc());
    backwardData = new convolution_backward_data(dataDesc);
    backwardDataWeights = new Operand(wDesc, dataDesc.weights_desc());
    backwardWeights = new convolution_backward_weights(weightsDesc);
    weightGradient = new Operand(wDesc, weightsDesc.diff_weights_desc());
    bindArguments();
  }

  private void bindArguments() {
    forwardArguments.put(DNNL_ARG_SRC, x.inner);
    forwardArguments.put(DNNL_ARG_WEIGHTS, forwardWeights.inner);
    forwardArguments.put(DNNL_ARG_DST, y.inner);
    backwardDataArguments.put(DNNL_ARG_DIFF_SRC, dx.inner);
    backwardDataArguments.put(DNNL_ARG_WEIGHTS, backwardDataWeights.inner);
    backwardDataArguments.put(DNNL_ARG_DIFF_DST, dy.inner);
    backwardWeightsArguments.put(DNNL_ARG_SRC, x.inner);
    backwardWeightsArguments.put(DNNL_ARG_DIFF_WEIGHTS, weightGradient.inner);
    backwardWeightsArguments.put(DNNL_ARG_DIFF_DST, dy.inner);
  }

  void forward(Tensor input, Tensor weights, Tensor output) {
    x.importValues(input);
    forwardWeights.importValues(weights);
    y.point(output);
    run(forward, forwardArguments);
  }

  /** Gradients of both operands; that of the input only if {@code inputGradient} is not null. */
  void backward(
      Tensor input,
      Tensor weights,
      Tensor outputGradient,
      Tensor inputGradient,
      Tensor weightsGradient) {
    dy.importValues(outputGradient);
    x.importValues(input);
    weightGradient.point(weightsGradient);
    run(backwardWeights, backwardWeightsArguments);
    weightGradient.exportValues();
    if (inputGradient != null) {
      backwardDataWeights.importValues(weights);
      dx.point(inputGradient);
      run(backwardData, backwardDataArguments);
    }
  }

  private void run(primitive primitive, IntMemoryMap arguments) {
    primitive.execute(stream, arguments);
    stream._wait();
  }

  /**
   * Padding behind the last pixel that makes the output exactly {@code size}; negative where the
   * stride leaves a rest.
   */
  private static long endPadding(int size, int input, int kernel, ConvGeometry geometry) {
    return (long) (size - 1) * geometry.stride()
        + geometry.dilation() * (kernel - 1)
        + 1
        - input
        - geometry.padding();
  }

  /** A tensor of ours and, where oneDNN wants another layout or precision, its copy in that. */
  private final class Operand {
    private final memory outer;
    private final memory inner;
    private final reorder toInner;
    private final reorder toOuter;
    private Tensor current; // keeps the native memory reachable while oneDNN works on it

    Operand(memory.desc ours, memory.desc preferred) {
      outer = new memory(ours, ENGINE, PLACEHOLDER);
      boolean same = ours.equals(preferred);
      inner = same ? outer : new memory(preferred, ENGINE);
      toInner = same ? null : new reorder(outer, inner);
      toOuter = same ? null : new reorder(inner, outer);
    }

    void point(Tensor tensor) {
      current = tensor;
      outer.set_data_handle(current.pointer());
    }

    void importValues(Tensor tensor) {
      point(tensor);
      if (toInner != null) {
        toInner.execute(stream, outer, inner);
      }
    }

    void exportValues() {
      if (toOuter != null) {
        toOuter.execute(stream, inner, outer);
        stream._wait();
      }
    }
  }
}
