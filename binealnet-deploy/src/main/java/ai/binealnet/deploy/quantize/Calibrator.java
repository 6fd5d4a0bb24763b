package ai.binealnet.deploy.quantize;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.deploy.runtime.OrtSessions;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs the float32 form of a network on the calibration images and counts what its values are. */
public final class Calibrator {
  /** Keeps the values of all layers of a batch within some tens of megabytes. */
  private static final int PIXELS_OF_A_BATCH = 16_384;

  private Calibrator() {}

  /**
   * Histograms of every output of a model.
   *
   * @param graph the graph that the model was written from; its outputs are what to observe
   * @param model the model in float32
   * @throws UserError if the images do not fit, or some value is NaN or infinite
   */
  public static Map<String, Histogram> observe(
      ModelGraph graph, byte[] model, Calibration calibration) {
    calibration.requireFits(graph);
    Map<String, Histogram> seen = new LinkedHashMap<>();
    graph.outputs().forEach(name -> seen.put(name, new Histogram()));
    int batch = Math.max(1, PIXELS_OF_A_BATCH / (graph.height() * graph.width()));
    try (OrtSession session = OrtSessions.create(model, 0)) {
      for (int from = 0; from < calibration.count(); from += batch) {
        int count = Math.min(batch, calibration.count() - from);
        observe(session, graph, calibration.images(), from, count, seen);
      }
    } catch (OrtException e) {
      throw new IllegalStateException("cannot calibrate " + graph.name(), e);
    }
    return seen;
  }

  private static void observe(
      OrtSession session,
      ModelGraph graph,
      byte[] images,
      int from,
      int count,
      Map<String, Histogram> seen)
      throws OrtException {
    int each = graph.height() * graph.width() * graph.channels();
    long[] extents = {count, graph.height(), graph.width(), graph.channels()};
    ByteBuffer pixels = ByteBuffer.wrap(images, from * each, count * each).slice();
    try (OnnxTensor image =
            OnnxTensor.createTensor(
                OrtSessions.environment(), pixels, extents, OnnxJavaType.UINT8);
        OrtSession.Result result = session.run(Map.of(graph.input(), image))) {
      for (Map.Entry<String, OnnxValue> entry : result) {
        float[] values = ((OnnxTensor) entry.getValue()).getFloatBuffer().array();
        add(seen.get(entry.getKey()), entry.getKey(), values);
      }
    }
  }

  private static void add(Histogram histogram, String value, float[] values) {
    try {
      histogram.add(values);
    } catch (ArithmeticException e) {
      throw new UserError(
          "cannot quantize " + value,
          "finite values",
          e.getMessage(),
          "the training has diverged: export an earlier checkpoint, or train with a lower rate",
          e);
    }
  }
}
