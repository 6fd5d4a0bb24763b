package ai.binealnet.deploy.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** ONNX tensors with little-endian raw data. No dimensions make a scalar. */
final class Tensors {
  private Tensors() {}

  static TensorProto float32(float[] values, long... dims) {
    ByteBuffer raw = buffer(Float.BYTES * values.length);
    raw.asFloatBuffer().put(values);
    return tensor(DataType.FLOAT, raw.array(), dims);
  }

  static TensorProto int32(int[] values, long... dims) {
    ByteBuffer raw = buffer(Integer.BYTES * values.length);
    raw.asIntBuffer().put(values);
    return tensor(DataType.INT32, raw.array(), dims);
  }

  static TensorProto int64(long[] values, long... dims) {
    ByteBuffer raw = buffer(Long.BYTES * values.length);
    raw.asLongBuffer().put(values);
    return tensor(DataType.INT64, raw.array(), dims);
  }

  static TensorProto int8(byte[] values, long... dims) {
    return tensor(DataType.INT8, values, dims);
  }

  static TensorProto uint8(byte[] values, long... dims) {
    return tensor(DataType.UINT8, values, dims);
  }

  static TensorProto bool(boolean[] values, long... dims) {
    byte[] raw = new byte[values.length];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (byte) (values[i] ? 1 : 0);
    }
    return tensor(DataType.BOOL, raw, dims);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static TensorProto tensor(DataType type, byte[] raw, long... dims) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDataType(type.getNumber()).setRawData(ByteString.copyFrom(raw));
    for (long dim : dims) {
      tensor.addDims(dim);
    }
    return tensor.build();
  }
}
