package ai.binealnet.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the trace that ONNX Runtime's profiler writes: events in the order of their end, times in
 * microseconds. The nodes of a run come before its event {@code model_run}.
 *
 * @param runs times of whole runs
 * @param outside times of whole runs that no node accounts for
 * @param nodes the nodes in the order of execution
 */
record NodeTimes(Timings runs, Timings outside, List<Node> nodes) {
  private static final String KERNEL = "_kernel_time";
  private static final String RUN = "model_run";
  private static final int CONVOLUTION_RANK = 4;

  /** Standard operators that multiply, with the position of their weights among the inputs. */
  private static final Map<String, Integer> WEIGHTS =
      Map.of(
          "Conv", 1,
          "FusedConv", 1,
          "MatMul", 1,
          "FusedMatMul", 1,
          "Gemm", 1,
          "MatMulInteger", 1,
          "QLinearConv", 3,
          "QGemm", 3,
          "QLinearMatMul", 3);

  private static final Set<String> OUR_CONVOLUTIONS = Set.of("BinaryConv2d", "ByteConv2d");

  /**
   * A node.
   *
   * @param name in the file, or what ONNX Runtime made of it
   * @param op operator
   * @param times of its runs
   * @param macs multiply-accumulates, 0 if it has none or the trace does not tell
   */
  record Node(String name, String op, Timings times, long macs) {}

  /** Multiply-accumulates of the node of that name, 0 if there is none. */
  long macs(String name) {
    return nodes.stream().filter(n -> n.name().equals(name)).mapToLong(Node::macs).sum();
  }

  /**
   * Reads a trace.
   *
   * @param warmUp runs at the beginning that do not count
   */
  static NodeTimes read(Path trace, int warmUp) throws IOException {
    Timings runs = new Timings();
    Timings outside = new Timings();
    Map<String, Node> nodes = new LinkedHashMap<>();
    List<JsonNode> current = new ArrayList<>();
    int done = 0;
    for (JsonNode event : new ObjectMapper().readTree(trace.toFile())) {
      String name = event.path("name").asText();
      if (name.endsWith(KERNEL)) {
        current.add(event);
      } else if (name.equals(RUN)) {
        if (done++ >= warmUp) {
          double whole = duration(event);
          runs.add(whole);
          outside.add(whole - current.stream().mapToDouble(NodeTimes::duration).sum());
          current.forEach(node -> add(nodes, node));
        }
        current.clear();
      }
    }
    return new NodeTimes(runs, outside, List.copyOf(nodes.values()));
  }

  private static void add(Map<String, Node> nodes, JsonNode event) {
    String name = event.path("name").asText();
    String op = event.path("args").path("op_name").asText();
    String key = name + " " + event.path("args").path("node_index").asText();
    nodes
        .computeIfAbsent(
            key,
            k ->
                new Node(
                    name.substring(0, name.length() - KERNEL.length()),
                    op,
                    new Timings(),
                    macs(op, event.path("args"))))
        .times()
        .add(duration(event));
  }

  private static double duration(JsonNode event) {
    return event.path("dur").asDouble();
  }

  /**
   * Every weight meets every output pixel: {@code weights * outputs / filters}, in whatever order
   * the output is laid out.
   */
  private static long macs(String op, JsonNode args) {
    boolean ours = OUR_CONVOLUTIONS.stream().anyMatch(op::startsWith);
    int position = ours ? 1 : WEIGHTS.getOrDefault(op, -1);
    if (position < 0) {
      return 0;
    }
    JsonNode weights = args.path("input_type_shape").path(position);
    JsonNode output = args.path("output_type_shape").path(0);
    List<Long> shape = extents(weights);
    if (shape.isEmpty() || extents(output).isEmpty()) {
      return 0;
    }
    if (shape.size() < CONVOLUTION_RANK) {
      return product(weights) * extents(output).get(0);
    }
    long packedWeights = op.startsWith("Binary") ? Byte.SIZE : 1;
    long packedOutputs = ours && output.has("uint8") ? Byte.SIZE : 1;
    return product(weights) * packedWeights * product(output) * packedOutputs / shape.get(0);
  }

  private static long product(JsonNode typed) {
    return extents(typed).stream().reduce(1L, Math::multiplyExact);
  }

  /** The extents in an entry such as {@code {"float": [1, 64, 56, 56]}}. */
  private static List<Long> extents(JsonNode typed) {
    List<Long> extents = new ArrayList<>();
    typed.forEach(shape -> shape.forEach(extent -> extents.add(extent.asLong())));
    return extents;
  }
}
