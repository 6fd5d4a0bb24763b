package ai.binealnet.deploy.bench;

import ai.binealnet.deploy.onnx.LayerModels;
import ai.binealnet.deploy.runtime.OrtSessions;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Single convolutions, as many filters as channels, stride 1: our binary operator, ONNX Runtime's
 * 8-bit one and its float32 one, each in its own session, taking turns.
 */
public final class KernelBench {
  /** The formats, in the order in which they take turns. */
  public static final List<String> FORMATS = List.of("fp32", "int8", "binary");

  private static final double GIGA = 1e9;

  private KernelBench() {}

  /**
   * A layer's shape.
   *
   * @param channels in and out, a multiple of 32
   * @param height rows
   * @param width columns
   * @param kernel rows and columns of the kernel, odd
   */
  public record Shape(int channels, int height, int width, int kernel) {
    /** Multiply-accumulates of one layer, in units of 10^9. */
    public double gigaMacs() {
      return (double) channels * channels * kernel * kernel * height * width / GIGA;
    }
  }

  /**
   * What was measured for one shape; maps by format.
   *
   * @param shape the layer
   * @param threads threads of each run
   * @param rounds runs of each format
   * @param gmacs 10^9 multiply-accumulates a second, from the median time
   * @param bestGmacs the same from the 5th percentile of the times
   * @param ratio how many times faster the binary layer is than each other format, by medians
   */
  public record Row(
      Shape shape,
      int threads,
      int rounds,
      Map<String, Double> gmacs,
      Map<String, Double> bestGmacs,
      Map<String, Double> ratio) {}

  /** 3x3 layers of ResNet-18 at 224x224, width 1 and 1.5. */
  public static List<Shape> standardShapes() {
    List<Shape> shapes = new ArrayList<>();
    for (int base : new int[] {64, 96}) {
      for (int stage = 0; stage < 4; stage++) {
        shapes.add(new Shape(base << stage, 56 >> stage, 56 >> stage, 3));
      }
    }
    return shapes;
  }

  /**
   * Times one shape.
   *
   * @param seconds time to spend, at least
   * @throws OrtException if ONNX Runtime refuses a layer
   */
  public static Row measure(Shape shape, int threads, double seconds) throws OrtException {
    Map<String, Layer> layers = new LinkedHashMap<>();
    try {
      for (String format : FORMATS) {
        layers.put(format, open(format, shape, threads));
      }
      return measure(shape, threads, seconds, layers);
    } finally {
      for (Layer layer : layers.values()) {
        layer.close();
      }
    }
  }

  private static Row measure(Shape shape, int threads, double seconds, Map<String, Layer> layers)
      throws OrtException {
    Map<String, Timings> times = Interleaved.time(layers, Rounds.during(seconds));
    Map<String, Double> gmacs = new LinkedHashMap<>();
    Map<String, Double> best = new LinkedHashMap<>();
    double work = LayerModels.LAYERS * shape.gigaMacs();
    times.forEach((format, t) -> gmacs.put(format, work / t.median()));
    times.forEach((format, t) -> best.put(format, work / t.percentile(5)));
    Map<String, Double> ratio = new LinkedHashMap<>();
    ratio.put("int8", gmacs.get("binary") / gmacs.get("int8"));
    ratio.put("fp32", gmacs.get("binary") / gmacs.get("fp32"));
    return new Row(shape, threads, times.get("binary").count(), gmacs, best, ratio);
  }

  private static Layer open(String format, Shape s, int threads) throws OrtException {
    int pixels = s.height() * s.width();
    long[] planes = {1, s.channels(), s.height(), s.width()};
    return switch (format) {
      case "fp32" ->
          new Layer(
              LayerModels.fp32(s.channels(), s.height(), s.width(), s.kernel()),
              threads,
              OnnxJavaType.FLOAT,
              pixels * s.channels() * Float.BYTES,
              planes);
      case "int8" ->
          new Layer(
              LayerModels.int8(s.channels(), s.height(), s.width(), s.kernel()),
              threads,
              OnnxJavaType.UINT8,
              pixels * s.channels(),
              planes);
      default ->
          new Layer(
              LayerModels.binary(s.channels(), s.height(), s.width(), s.kernel()),
              threads,
              OnnxJavaType.UINT8,
              pixels * s.channels() / Byte.SIZE,
              new long[] {1, s.height(), s.width(), s.channels() / Byte.SIZE});
    };
  }

  /** A session with its input. */
  private static final class Layer implements Interleaved.Run<OrtException> {
    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs;

    Layer(byte[] model, int threads, OnnxJavaType type, int bytes, long[] extents)
        throws OrtException {
      ByteBuffer data = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
      Random random = new Random(2);
      while (data.hasRemaining()) {
        if (type == OnnxJavaType.FLOAT) {
          data.putFloat(random.nextFloat());
        } else {
          data.put((byte) random.nextInt());
        }
      }
      data.rewind();
      session = OrtSessions.create(model, threads);
      inputs =
          Map.of("x0", OnnxTensor.createTensor(OrtSessions.environment(), data, extents, type));
    }

    @Override
    public void run() throws OrtException {
      session.run(inputs).close();
    }

    void close() throws OrtException {
      inputs.get("x0").close();
      session.close();
    }
  }
}
