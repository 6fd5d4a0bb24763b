package ai.binealnet.deploy.bench;

import ai.binealnet.core.graph.UserError;
import ai.binealnet.deploy.parity.Golden;
import ai.binealnet.deploy.runtime.InputSize;
import ai.binealnet.deploy.runtime.OrtSessions;
import ai.binealnet.deploy.runtime.Predictor;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where the time of a model goes, node by node, as ONNX Runtime's own profiler sees it. The
 * profiler costs a few microseconds a node, so times are a little longer than without it.
 *
 * @param runMicros median time of a run inside ONNX Runtime
 * @param outsideMicros median of the part of it that no node accounts for
 * @param layers what it executed, in order; nodes that it fused bear the name of one of them
 */
public record LayerProfile(double runMicros, double outsideMicros, List<Layer> layers) {
  private static final int WARM_UP = 5;

  /**
   * A node that was executed.
   *
   * @param name its name in the file, or what ONNX Runtime made of it
   * @param op its operator
   * @param micros median time
   * @param share of the sum of all nodes' times, 0 to 1
   * @param macs multiply-accumulates, channels padded as executed, or 0 if it has none
   * @param gmacs 10^9 multiply-accumulates a second, or 0 if it has none
   */
  public record Layer(
      String name, String op, double micros, double share, long macs, double gmacs) {}

  /** Copies the layers. */
  public LayerProfile {
    layers = List.copyOf(layers);
  }

  /**
   * Runs a model under the profiler on a random picture.
   *
   * @param threads threads of one run
   * @param runs runs that count, at least 1
   * @throws UserError if the file is damaged or no model
   */
  public static LayerProfile measure(Path file, int threads, int runs) {
    byte[] model = Predictor.read(file);
    try {
      return of(trace(model, threads, runs, false), trace(model, threads, 1, true));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OrtException e) {
      throw new IllegalStateException("cannot profile " + file + ": " + e.getMessage(), e);
    }
  }

  private static NodeTimes trace(byte[] model, int threads, int runs, boolean showWeights)
      throws IOException, OrtException {
    Path folder = Files.createTempDirectory("binealnet-profile-");
    Path prefix = folder.resolve("trace");
    try (OrtSession session = OrtSessions.createProfiled(model, threads, prefix, showWeights)) {
      run(session, WARM_UP + runs);
      Path trace = Path.of(session.endProfiling());
      NodeTimes times = NodeTimes.read(trace, WARM_UP);
      Files.delete(trace);
      return times;
    } finally {
      Files.delete(folder);
    }
  }

  private static void run(OrtSession session, int runs) throws OrtException {
    String input = session.getInputNames().iterator().next();
    InputSize size = InputSize.of(session);
    long[] shape = {1, size.height(), size.width(), size.channels()};
    byte[] picture = Golden.images(1, size.height(), size.width(), size.channels()).values();
    try (OnnxTensor image =
        OnnxTensor.createTensor(
            OrtSessions.environment(), ByteBuffer.wrap(picture), shape, OnnxJavaType.UINT8)) {
      for (int i = 0; i < runs; i++) {
        session.run(Map.of(input, image)).close();
      }
    }
  }

  private static LayerProfile of(NodeTimes times, NodeTimes withWeights) {
    double sum = times.nodes().stream().mapToDouble(node -> node.times().median()).sum();
    List<Layer> layers = new ArrayList<>();
    for (NodeTimes.Node node : times.nodes()) {
      double micros = node.times().median();
      long macs = withWeights.macs(node.name());
      double gmacs = macs / (1e3 * Math.max(1, micros));
      layers.add(new Layer(node.name(), node.op(), micros, micros / sum, macs, gmacs));
    }
    return new LayerProfile(times.runs().median(), times.outside().median(), layers);
  }
}
