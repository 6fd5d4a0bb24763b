package ai.binealnet.deploy.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Tells which native kernels this machine uses, by asking the library's operator of that name. */
public final class KernelSet {
  private static final String OUTPUT = "name";

  private KernelSet() {}

  /**
   * The instruction set of the kernels in use, such as {@code avx2}, or {@code functions} if there
   * is no native library or it is left out.
   *
   * @throws OrtException if the library does not load
   */
  public static String name() throws OrtException {
    if (!Kernels.AUTOMATIC.areNative()) {
      return "functions";
    }
    try (OrtSession session = OrtSessions.create(model(), 1);
        OrtSession.Result result = session.run(Map.of())) {
      ByteBuffer bytes = ((OnnxTensor) result.get(0)).getByteBuffer();
      return StandardCharsets.US_ASCII.decode(bytes).toString();
    }
  }

  /** A model of that one node, as the protobuf message that it is; numbers are fields of ONNX. */
  private static byte[] model() {
    byte[] uint8 = {1 << 3, 2};
    byte[] type = field(1, uint8);
    byte[] output = join(field(1, OUTPUT), field(2, type));
    byte[] node = join(field(2, OUTPUT), field(4, "KernelSet"), field(7, "ai.binealnet"));
    byte[] graph = join(field(1, node), field(2, "kernels"), field(12, output));
    byte[] version = {2 << 3, 1};
    byte[] domain = join(field(1, "ai.binealnet"), version);
    byte[] standard = {2 << 3, 17};
    byte[] format = {1 << 3, 8};
    return join(format, field(8, domain), field(8, standard), field(7, graph));
  }

  private static byte[] field(int number, String text) {
    return field(number, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** A length-delimited field of fewer than 128 bytes. */
  private static byte[] field(int number, byte[] content) {
    return join(new byte[] {(byte) (number << 3 | 2), (byte) content.length}, content);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
