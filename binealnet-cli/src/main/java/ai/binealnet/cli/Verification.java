package ai.binealnet.cli;

import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.deploy.lower.Lowered;
import ai.binealnet.deploy.lower.Lowering;
import ai.binealnet.deploy.parity.Activation;
import ai.binealnet.deploy.parity.Golden;
import ai.binealnet.deploy.parity.Implementation;
import ai.binealnet.deploy.parity.LayerParity;
import ai.binealnet.deploy.parity.OrtImplementation;
import ai.binealnet.deploy.parity.ParityCheck;
import ai.binealnet.deploy.parity.ParityReport;
import ai.binealnet.deploy.parity.TrainingGraph;
import ai.binealnet.deploy.runtime.Kernels;
import ai.binealnet.deploy.runtime.Predictor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares a model file with the run it came from, or with what it carries itself. */
final class Verification {
  private static final int BATCH = 25;

  private final Path file;

  Verification(Path file) {
    this.file = file;
  }

  /** Batches of pictures, which must have the network's size. */
  static List<Activation.Pixels> pictures(Dataset<Image> samples, ImageSpec input, int count) {
    List<Activation.Pixels> batches = new ArrayList<>();
    int end = Math.min(count, samples.size());
    for (int from = 0; from < end; from += BATCH) {
      List<Image> images = new ArrayList<>();
      for (int i = from; i < Math.min(end, from + BATCH); i++) {
        images.add(samples.get(i));
      }
      batches.add(pixels(input, images.size(), input.pixels(images)));
    }
    return batches;
  }

  /** Random pictures of the network's size. */
  static List<Activation.Pixels> random(ImageSpec input, int count) {
    int channels = input.colorOrder().channels();
    return List.of(Golden.images(count, input.height(), input.width(), channels));
  }

  private static Activation.Pixels pixels(ImageSpec input, int count, byte[] values) {
    return new Activation.Pixels(
        count, input.height(), input.width(), input.colorOrder().channels(), values);
  }

  /**
   * Runs the training graph, the plain reference, stock ONNX Runtime and, where there is a native
   * library, ONNX Runtime with it, side by side.
   *
   * @throws UserError if the file was written from other weights
   */
  ParityReport against(TrainedNetwork<?, ?> trained, List<Activation.Pixels> batches) {
    requireSameWeights(trained);
    Lowered lowered = Lowering.lower(trained.graph());
    TrainingGraph training =
        new TrainingGraph(trained.network()::forward, trained.config().input());
    List<Implementation> others = new ArrayList<>(List.of(training));
    try (OrtImplementation runtime = open(lowered, Kernels.FUNCTIONS);
        OrtImplementation kernels =
            Kernels.AUTOMATIC.areNative() ? open(lowered, Kernels.AUTOMATIC) : null) {
      others.add(runtime);
      if (kernels != null) {
        others.add(kernels);
      }
      ParityCheck check = new ParityCheck(lowered, others);
      batches.forEach(check::check);
      return check.report();
    }
  }

  private OrtImplementation open(Lowered lowered, Kernels kernels) {
    return new OrtImplementation(file, lowered.graph(), 0, kernels);
  }

  private void requireSameWeights(TrainedNetwork<?, ?> trained) {
    try (Predictor model = Predictor.open(file, 1)) {
      Map<String, String> metadata = model.metadata();
      String weights = metadata.getOrDefault(TrainedNetwork.WEIGHTS, "none");
      if (!weights.equals(trained.weights())) {
        throw new UserError(
            "model " + file + " was not written from the run " + trained.run().root(),
            "the checkpoint " + trained.weights(),
            weights,
            "export the run again, or give the right one with --run");
      }
    }
  }

  /**
   * Compares stock ONNX Runtime and, where there is a native library, ONNX Runtime with it, with
   * the reference's hash in the file.
   */
  ParityReport alone() {
    List<String> names = new ArrayList<>(List.of("reference (hash in the file)"));
    List<LayerParity> outputs = new ArrayList<>();
    for (Kernels kernels : Kernels.values()) {
      if (kernels == Kernels.FUNCTIONS || kernels.areNative()) {
        String name = kernels.areNative() ? "native" : "onnxruntime";
        names.add(name);
        try (Predictor model = Predictor.open(file, 0, kernels)) {
          long mismatches = Golden.holds(model) ? 0 : 1;
          model.outputs().stream()
              .map(output -> new LayerParity(output + " by " + name, "hash", 1, mismatches))
              .forEach(outputs::add);
        }
      }
    }
    long mismatches = outputs.stream().mapToLong(LayerParity::mismatches).sum();
    return new ParityReport(mismatches == 0, mismatches, Golden.IMAGES, names, outputs);
  }
}
