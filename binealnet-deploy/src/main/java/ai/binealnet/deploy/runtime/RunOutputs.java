package ai.binealnet.deploy.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Memory that runs with inputs of one shape write their outputs to.
 *
 * @param input extents of the input
 * @param tensors by name, over the memory of the views; none if it is for one run only
 * @param views by name
 */
record RunOutputs(long[] input, Map<String, OnnxTensor> tensors, Map<String, FloatView> views)
    implements AutoCloseable {

  /** What a run returned, in memory that no other run will write to. */
  static RunOutputs once(long[] input, OrtSession.Result result) throws OrtException {
    Map<String, FloatView> views = new LinkedHashMap<>();
    for (Map.Entry<String, OnnxValue> entry : result) {
      OnnxTensor tensor = (OnnxTensor) entry.getValue();
      views.put(
          entry.getKey(),
          new FloatView(tensor.getInfo().getShape(), tensor.getFloatBuffer().asReadOnlyBuffer()));
    }
    return new RunOutputs(input, Map.of(), views);
  }

  /** Whether further runs can write to it. */
  boolean isReusable() {
    return !tensors.isEmpty();
  }

  /** What a run returned, in memory that further runs can write to. */
  static RunOutputs of(OrtEnvironment environment, long[] input, OrtSession.Result result)
      throws OrtException {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    Map<String, FloatView> views = new LinkedHashMap<>();
    for (Map.Entry<String, OnnxValue> entry : result) {
      OnnxTensor first = (OnnxTensor) entry.getValue();
      FloatBuffer values = first.getFloatBuffer();
      long[] shape = first.getInfo().getShape();
      FloatBuffer memory =
          ByteBuffer.allocateDirect(values.remaining() * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      memory.put(values).flip();
      tensors.put(entry.getKey(), OnnxTensor.createTensor(environment, memory, shape));
      views.put(entry.getKey(), new FloatView(shape, memory.asReadOnlyBuffer()));
    }
    return new RunOutputs(input, tensors, views);
  }

  @Override
  public void close() {
    tensors.values().forEach(OnnxTensor::close);
  }
}
