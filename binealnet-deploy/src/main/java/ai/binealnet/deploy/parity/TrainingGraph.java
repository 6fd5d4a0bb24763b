package ai.binealnet.deploy.parity;

import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.data.ColorOrder;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.nn.Layer;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.Precision;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** The network as it was trained, in evaluation mode: float32 on the training engine. */
public final class TrainingGraph implements Implementation {
  private final BiConsumer<Tape, Variable> network;
  private final ImageSpec spec;
  private final Kernels kernels = new CpuKernels(Precision.FLOAT32);
  private final TensorPool pool = new TensorPool();

  /**
   * The training graph of {@code network}.
   *
   * @param spec how its input is normalised; pixels are expected in its colour order
   */
  public TrainingGraph(Layer network, ImageSpec spec) {
    this((tape, images) -> network.forward(tape, images), spec);
  }

  /**
   * The training graph of a network with any number of outputs, each of which it shows to the
   * tape's observer by its name in the graph.
   *
   * @param network computes a batch of normalised images
   * @param spec how its input is normalised; pixels are expected in its colour order
   */
  public TrainingGraph(BiConsumer<Tape, Variable> network, ImageSpec spec) {
    this.network = network;
    this.spec = spec;
  }

  @Override
  public String name() {
    return "training";
  }

  @Override
  public Map<String, Activation> run(Activation.Pixels images) {
    Map<String, Activation> values = new LinkedHashMap<>();
    try (Tape tape =
        Tape.evaluation(kernels, pool).observedBy((name, value) -> values.put(name, copy(value)))) {
      network.accept(tape, tape.input(normalized(tape, images)));
    }
    return values;
  }

  private Tensor normalized(Tape tape, Activation.Pixels images) {
    int channels = images.channels();
    int size = images.height() * images.width() * channels;
    ImageSpec own = specOf(images);
    float[] x = new float[images.batch() * size];
    for (int n = 0; n < images.batch(); n++) {
      byte[] pixels = Arrays.copyOfRange(images.values(), n * size, (n + 1) * size);
      own.normalize(new Image(images.height(), images.width(), channels, pixels), x, n * size);
    }
    return tape.allocate(Shape.of(images.batch(), images.height(), images.width(), channels))
        .set(x);
  }

  /**
   * The spec at the batch's size, whose pixels are in the network's order already and must not be
   * swapped again.
   */
  private ImageSpec specOf(Activation.Pixels images) {
    ColorOrder order = spec.colorOrder() == ColorOrder.BGR ? ColorOrder.RGB : spec.colorOrder();
    return new ImageSpec(order, images.height(), images.width(), spec.mean(), spec.std());
  }

  private static Activation copy(Tensor value) {
    Shape shape = value.shape();
    boolean vector = shape.rank() == 2;
    return new Activation.Real(
        shape.dim(0),
        vector ? 1 : shape.dim(1),
        vector ? 1 : shape.dim(2),
        shape.channels(),
        value.toArray());
  }
}
