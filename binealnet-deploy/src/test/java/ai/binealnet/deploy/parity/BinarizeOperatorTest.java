package ai.binealnet.deploy.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.binealnet.core.graph.PackBits;
import ai.binealnet.deploy.RandomNets;
import ai.binealnet.deploy.lower.Lowering;
import ai.binealnet.deploy.onnx.OnnxWriter;
import ai.binealnet.deploy.parity.Activation.Pixels;
import ai.binealnet.deploy.parity.Activation.Real;
import ai.binealnet.deploy.runtime.Kernels;
import ai.binealnet.deploy.runtime.NativeLibrary;
import ai.binealnet.deploy.runtime.OrtSessions;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code Binarize} alone, in all its forms: kernel, function and plain reference. */
class BinarizeOperatorTest {
  private static final long[] NHWC = {0, 1, 2, 3};
  private static final long[] NCHW = {0, 2, 3, 1};
  private static final float[] SPECIAL = {
    Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0f, -0f, Float.MIN_VALUE
  };

  private static FunctionProto function;

  /** The function as files carry it. */
  @BeforeAll
  static void readFunction() throws Exception {
    byte[] file = OnnxWriter.bytes(Lowering.lower(RandomNets.bitsOfPixels(1, 3, 3, 8)).graph());
    function =
        ModelProto.parseFrom(file).getFunctionsList().stream()
            .filter(each -> each.getName().equals("Binarize"))
            .findFirst()
            .orElseThrow();
  }

  /** A model of one node, whose input has any extents. */
  private static ModelProto.Builder model(DataType type, float[] thresholds) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * thresholds.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(thresholds);
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("binarize")
            .addInput(value("X", type))
            .addOutput(value("Y", DataType.UINT8))
            .addInitializer(
                TensorProto.newBuilder()
                    .setName("T")
                    .setDataType(DataType.FLOAT.getNumber())
                    .addDims(thresholds.length)
                    .setRawData(ByteString.copyFrom(bytes.array())))
            .addNode(
                NodeProto.newBuilder()
                    .setDomain(OnnxWriter.DOMAIN)
                    .setOpType("Binarize")
                    .addInput("X")
                    .addInput("T")
                    .addOutput("Y"));
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setGraph(graph)
        .addFunctions(function)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(OnnxWriter.DOMAIN).setVersion(1));
  }

  private static ValueInfoProto value(String name, DataType type) {
    TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static ModelProto.Builder with(ModelProto.Builder model, long... perm) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName("perm").setType(AttributeType.INTS);
    for (long axis : perm) {
      attribute.addInts(axis);
    }
    model.getGraphBuilder().getNodeBuilder(0).addAttribute(attribute);
    return model;
  }

  private static byte[] run(
      ModelProto.Builder model, Object values, Kernels kernels, int threads, long... extents)
      throws OrtException {
    try (OrtSession session = OrtSessions.create(model.build().toByteArray(), threads, kernels);
        OnnxTensor x = tensor(values, extents);
        OrtSession.Result result = session.run(Map.of("X", x))) {
      ByteBuffer y = ((OnnxTensor) result.get(0)).getByteBuffer();
      byte[] bytes = new byte[y.remaining()];
      y.get(bytes);
      return bytes;
    }
  }

  private static OnnxTensor tensor(Object values, long... extents) throws OrtException {
    return values instanceof byte[] bytes
        ? OnnxTensor.createTensor(
            OrtSessions.environment(), ByteBuffer.wrap(bytes), extents, OnnxJavaType.UINT8)
        : OnnxTensor.createTensor(
            OrtSessions.environment(), FloatBuffer.wrap((float[]) values), extents);
  }

  private static float any(Random random, float size) {
    return random.nextInt(4) == 0
        ? SPECIAL[random.nextInt(SPECIAL.length)]
        : size * (random.nextFloat() - 0.25f);
  }

  /** Where a number of an NHWC image lies in an NCHW one. */
  private static int planar(int i, int pixels, int channels) {
    int pixel = i / channels;
    return (pixel / pixels * channels + i % channels) * pixels + pixel % pixels;
  }

  @ParameterizedTest(name = "{0} images {1}x{2}, {3} channels, {4} threads")
  @CsvSource({
    "1, 1, 1, 1, 1",
    "2, 5, 7, 3, 1",
    "3, 3, 43, 31, 2",
    "1, 13, 11, 32, 2",
    "2, 7, 9, 33, 1",
    "3, 29, 23, 64, 3",
    "5, 31, 17, 100, 4",
    "7, 41, 37, 3, 2",
  })
  void shouldGiveTheSameBitsInEveryForm(int batch, int height, int width, int channels, int threads)
      throws Exception {
    Random random = new Random(31L * channels + height);
    int count = batch * height * width * channels;
    float[] reals = new float[count];
    byte[] pixels = new byte[count];
    float[] planarReals = new float[count];
    byte[] planarPixels = new byte[count];
    random.nextBytes(pixels);
    for (int i = 0; i < count; i++) {
      reals[i] = any(random, 300);
      planarReals[planar(i, height * width, channels)] = reals[i];
      planarPixels[planar(i, height * width, channels)] = pixels[i];
    }
    float[] thresholds = new float[channels];
    for (int c = 0; c < channels; c++) {
      thresholds[c] = random.nextBoolean() ? any(random, 300) : random.nextInt(259) - 1;
    }
    PackBits node = new PackBits("act", "x", "y", channels, thresholds);
    byte[] ofReals = bits(node, new Real(batch, height, width, channels, reals));
    byte[] ofPixels = bits(node, new Pixels(batch, height, width, channels, pixels));
    long[] last = {batch, height, width, channels};
    long[] first = {batch, channels, height, width};
    for (Kernels kernels : Kernels.values()) {
      ModelProto.Builder real = with(model(DataType.FLOAT, thresholds), NHWC);
      assertThat(run(real, reals, kernels, threads, last)).isEqualTo(ofReals);
      real = with(model(DataType.FLOAT, thresholds), NCHW);
      assertThat(run(real, planarReals, kernels, threads, first)).isEqualTo(ofReals);
      ModelProto.Builder pixel = with(model(DataType.UINT8, thresholds), NHWC);
      assertThat(run(pixel, pixels, kernels, threads, last)).isEqualTo(ofPixels);
      pixel = with(model(DataType.UINT8, thresholds), NCHW);
      assertThat(run(pixel, planarPixels, kernels, threads, first)).isEqualTo(ofPixels);
    }
  }

  private static byte[] bits(PackBits node, Activation x) {
    return PackedOps.packBits(node, x).packed();
  }

  /** As in files of the time when there was nothing else. */
  @Test
  void shouldTakeXAsNhwcWithoutALayout() throws Exception {
    assumeTrue(NativeLibrary.isPresent(), "built without a C compiler");
    float[] thresholds = {1, 2, 3};
    float[] reals = {0, 2, 1, 5, 0, 5};

    assertThat(run(model(DataType.FLOAT, thresholds), reals, Kernels.AUTOMATIC, 1, 1, 1, 2, 3))
        .containsExactly(0b101, 0, 0, 0, 0b010, 0, 0, 0);
  }

  @Test
  void shouldTakeNoImagesAtAll() throws Exception {
    assumeTrue(NativeLibrary.isPresent(), "built without a C compiler");
    ModelProto.Builder model = with(model(DataType.FLOAT, new float[3]), NCHW);

    assertThat(run(model, new float[0], Kernels.AUTOMATIC, 1, 0, 3, 4, 4)).isEmpty();
  }

  @Test
  void shouldSayWhatIsWrong() {
    assumeTrue(NativeLibrary.isPresent(), "built without a C compiler");
    float[] three = {1, 2, 3};
    float[] x = new float[12];
    long[] image = {1, 3, 2, 2};
    ModelProto.Builder good = with(model(DataType.FLOAT, three), NCHW);

    assertRefused(good, x, "Binarize: X must have 4 dimensions, got 3", 3, 2, 2);
    assertRefused(good, x, "Binarize: T must have 2 values, got 3", 1, 2, 3, 2);
    assertRefused(good, new float[0], "the second dimension of X must be from 1", 1, 0, 3, 2);
    assertRefused(
        with(model(DataType.FLOAT, three), NHWC), x, "T must have 2 values, got 3", image);
    assertRefused(
        with(model(DataType.FLOAT, three), 0, 3, 1, 2),
        x,
        "Binarize: attribute 'perm' must be 0, 1, 2, 3 for NHWC or 0, 2, 3, 1 for NCHW, got 0, 3",
        image);
    assertRefused(
        with(model(DataType.FLOAT, three), 0, 1),
        x,
        "Binarize: attribute 'perm' must have 4 values, got 2",
        image);
    ModelProto.Builder number = model(DataType.FLOAT, three);
    number
        .getGraphBuilder()
        .getNodeBuilder(0)
        .addAttributeBuilder()
        .setName("perm")
        .setType(AttributeType.INT)
        .setI(1);
    assertRefused(number, x, "attribute 'perm'", image);
  }

  @Test
  void shouldRefuseNumbersOfOtherTypes() throws Exception {
    assumeTrue(NativeLibrary.isPresent(), "built without a C compiler");
    ModelProto.Builder model = with(model(DataType.INT8, new float[] {1, 2, 3}), NHWC);
    byte[] bytes = model.build().toByteArray();
    try (OrtSession session = OrtSessions.create(bytes, 1);
        OnnxTensor x =
            OnnxTensor.createTensor(
                OrtSessions.environment(),
                ByteBuffer.allocate(12),
                new long[] {1, 2, 2, 3},
                OnnxJavaType.INT8)) {
      assertThatThrownBy(() -> session.run(Map.of("X", x)))
          .isInstanceOf(OrtException.class)
          .hasMessageContaining("Binarize: X must be uint8 (2) or float32 (1), got element type 3");
    }
  }

  private static void assertRefused(
      ModelProto.Builder model, float[] x, String message, long... extents) {
    assertThatThrownBy(() -> run(model, x, Kernels.AUTOMATIC, 1, extents))
        .isInstanceOf(OrtException.class)
        .hasMessageContaining(message);
  }
}
