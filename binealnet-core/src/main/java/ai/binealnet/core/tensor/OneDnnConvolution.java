package ai.binealnet.core.tensor;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

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
 * Activations stay NHWC in place; the small weight tensors are reordered to whatever layout the
 * primitive prefers. Only the direct algorithm is used: Winograd's transforms would not be exact on
 * integers.
 */
final class OneDnnConvolution {
  private static final engine ENGINE = new engine(engine.kind.cpu, 0);
  // memory objects are created with this placeholder and pointed at each call's tensors
  private static final FloatPointer PLACEHOLDER = new FloatPointer(16);

  private final stream stream = new stream(ENGINE);
  private final Operand x;
  private final Operand y;
  private final convolution_forward forward;
  private final Operand forwardWeights;
  private final IntMemoryMap forwardArguments = new IntMemoryMap();
  private final convolution_backward_data backwardData;
  private final Operand backwardDataWeights;
  private final IntMemoryMap backwardDataArguments = new IntMemoryMap();
  private final convolution_backward_weights backwardWeights;
  private final Operand weightGradient;
  private final IntMemoryMap backwardWeightsArguments = new IntMemoryMap();

  OneDnnConvolution(Shape input, Shape weights, ConvGeometry geometry) {
    int height = geometry.outputHeight(input.dim(1));
    int width = geometry.outputWidth(input.dim(2));
    long[] xDims = {input.dim(0), input.dim(3), input.dim(1), input.dim(2)};
    long[] wDims = {weights.dim(3), weights.dim(2), weights.dim(0), weights.dim(1)};
    long[] yDims = {input.dim(0), weights.dim(3), height, width};
    memory.desc xDesc = descriptor(xDims, memory.format_tag.nhwc);
    memory.desc wDesc = descriptor(wDims, memory.format_tag.hwio);
    memory.desc wAny = descriptor(wDims, memory.format_tag.any);
    memory.desc yDesc = descriptor(yDims, memory.format_tag.nhwc);
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
            xDesc,
            wAny,
            yDesc,
            strides,
            dilates,
            before,
            after);
    var dataDesc =
        new convolution_backward_data.primitive_desc(
            ENGINE,
            algorithm.convolution_direct,
            xDesc,
            wAny,
            yDesc,
            strides,
            dilates,
            before,
            after,
            forwardDesc);
    var weightsDesc =
        new convolution_backward_weights.primitive_desc(
            ENGINE,
            algorithm.convolution_direct,
            xDesc,
            wAny,
            yDesc,
            strides,
            dilates,
            before,
            after,
            forwardDesc);
    x = new Operand(xDesc, xDesc);
    y = new Operand(yDesc, yDesc);
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
    backwardDataArguments.put(DNNL_ARG_DIFF_SRC, x.inner);
    backwardDataArguments.put(DNNL_ARG_WEIGHTS, backwardDataWeights.inner);
    backwardDataArguments.put(DNNL_ARG_DIFF_DST, y.inner);
    backwardWeightsArguments.put(DNNL_ARG_SRC, x.inner);
    backwardWeightsArguments.put(DNNL_ARG_DIFF_WEIGHTS, weightGradient.inner);
    backwardWeightsArguments.put(DNNL_ARG_DIFF_DST, y.inner);
  }

  void forward(Tensor input, Tensor weights, Tensor output) {
    x.set(input);
    y.set(output);
    forwardWeights.set(weights);
    forwardWeights.importValues();
    run(forward, forwardArguments);
  }

  void backwardData(Tensor dy, Tensor weights, Tensor dx) {
    x.set(dx);
    y.set(dy);
    backwardDataWeights.set(weights);
    backwardDataWeights.importValues();
    run(backwardData, backwardDataArguments);
  }

  void backwardWeights(Tensor input, Tensor dy, Tensor dw) {
    x.set(input);
    y.set(dy);
    weightGradient.set(dw);
    run(backwardWeights, backwardWeightsArguments);
    weightGradient.exportValues();
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

  private static memory.desc descriptor(long[] dims, memory.format_tag tag) {
    return new memory.desc(dims, memory.data_type.f32, tag);
  }

  /** A tensor in our layout and, where oneDNN prefers another one, its copy in that. */
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

    void set(Tensor tensor) {
      current = tensor;
      outer.set_data_handle(current.pointer());
    }

    void importValues() {
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
