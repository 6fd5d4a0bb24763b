package ai.binealnet.cli;

import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.TaskConfig;
import ai.binealnet.core.task.TaskNetwork;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.Precision;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.quantize.Calibration;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A network with random weights, good for measuring speed only. Its norms have seen random
 * pictures: with the statistics of a fresh network, sums of hundreds of signs would not be
 * normalised at all, and whole layers would put out one and the same value.
 */
final class RandomNetwork {
  /** Passes in training mode; each moves the running statistics a tenth of the way. */
  private static final int PASSES = 8;

  private static final int CALIBRATION_IMAGES = 8;

  private final ImageSpec spec;
  private final TaskNetwork network;
  private final Kernels kernels = new CpuKernels(Precision.FLOAT32);
  private final TensorPool pool = new TensorPool();
  private final Random random = new Random(1);

  private RandomNetwork(ImageSpec spec, TaskNetwork network) {
    this.spec = spec;
    this.network = network;
  }

  /**
   * Builds the network and lets its norms settle.
   *
   * @throws UserError if there is no such network or it cannot process pictures of that size
   */
  static <C extends TaskConfig> RandomNetwork of(
      VisionTask<C, ?> task, C config, List<String> classes) {
    RandomNetwork random = new RandomNetwork(config.input(), task.runs().network(config, classes));
    random.settle();
    return random;
  }

  private void settle() {
    try {
      for (int i = 0; i < PASSES; i++) {
        try (Tape tape = Tape.training(kernels, pool)) {
          network.forward(tape, tape.input(picture(tape)));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "the network cannot process pictures of %d rows x %d columns"
              .formatted(spec.height(), spec.width()),
          "a size that its stages can halve, such as 32x32, 64x64 or 224x224",
          e.getMessage(),
          "give another --input",
          e);
    }
  }

  /**
   * Writes a model file.
   *
   * @throws UserError if the file cannot be written
   */
  void export(ModelKind kind, Path file) {
    requireLife();
    ModelGraph graph = network.graph(Map.of());
    if (kind == ModelKind.INT8) {
      byte[] pixels = new byte[CALIBRATION_IMAGES * spec.elements()];
      random.nextBytes(pixels);
      Exporter.exportInt8(graph, new Calibration(pixels, CALIBRATION_IMAGES), file);
    } else {
      Exporter.export(graph, kind, file);
    }
  }

  /** Fails if some value of the network is constant: such a network could be optimized away. */
  void requireLife() {
    try (Tape tape = Tape.evaluation(kernels, pool).observedBy(RandomNetwork::requireLife)) {
      network.forward(tape, tape.input(picture(tape)));
    }
  }

  private static void requireLife(String name, Tensor value) {
    float[] values = value.toArray();
    for (float each : values) {
      if (each != values[0]) {
        return;
      }
    }
    throw new IllegalStateException(name + " is " + values[0] + " everywhere");
  }

  private Tensor picture(Tape tape) {
    int channels = spec.colorOrder().channels();
    byte[] pixels = new byte[spec.elements()];
    random.nextBytes(pixels);
    float[] x = new float[spec.elements()];
    spec.normalize(new Image(spec.height(), spec.width(), channels, pixels), x, 0);
    return tape.allocate(Shape.of(1, spec.height(), spec.width(), channels)).set(x);
  }
}
