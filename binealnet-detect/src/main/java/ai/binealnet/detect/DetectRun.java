package ai.binealnet.detect;

import ai.binealnet.core.autograd.Loss;
import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.data.DataLoader;
import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.data.Letterbox;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.task.TaskRun;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import ai.binealnet.detect.data.DetectionData;
import ai.binealnet.detect.data.DetectionSample;
import ai.binealnet.detect.data.InputPreparation;
import ai.binealnet.detect.decode.CenterDecoder;
import ai.binealnet.detect.decode.RawOutputs;
import ai.binealnet.detect.loss.CenterLoss;
import ai.binealnet.detect.loss.CenterTargets;
import ai.binealnet.detect.loss.DetectionBatch;
import ai.binealnet.detect.metric.DetectionEvaluation;
import ai.binealnet.detect.model.CenterNet;
import ai.binealnet.detect.model.DetectConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/** A detector on its data: trains it, evaluates it. */
public final class DetectRun implements TaskRun<DetectionBatch> {
  private static final int EVALUATION_BATCH = 8;
  private static final int LOADER_THREADS = 1;

  private final DetectConfig config;
  private final DetectionData data;
  private final CenterNet network;
  private final Kernels kernels;
  private final InputPreparation preparation;
  private final TensorPool pool = new TensorPool();
  private BiConsumer<String, Tensor> watch = (name, value) -> {};

  /** A network with the weights it has. */
  public DetectRun(DetectConfig config, DetectionData data, CenterNet network) {
    this.config = config;
    this.data = data;
    this.network = network;
    kernels = new CpuKernels(config.training().precision());
    preparation = new InputPreparation(config.input(), config.augment());
  }

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @Override
  public void watchedBy(BiConsumer<String, Tensor> other) {
    watch = other;
  }

  @Override
  public void rehearse() {
    DetectionSample sample = data.train().get(0);
    try (Tape tape = Tape.evaluation(kernels, pool)) {
      loss(tape, collate(List.of(preparation.fit(sample))));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "the network cannot process pictures of %d rows x %d columns"
              .formatted(config.input().height(), config.input().width()),
          "a size that its stages can halve, such as 256x256 or 320x256",
          e.getMessage(),
          "change input.height and input.width",
          e);
    }
    loader();
    preparation.augmented(sample, new SplittableRandom(config.training().seed()));
  }

  @Override
  public DataLoader<DetectionSample, DetectionBatch> loader() {
    DataLoader.Settings settings =
        DataLoader.Settings.training(
            config.training().batch(), config.training().seed(), LOADER_THREADS);
    return new DataLoader<>(data.train(), preparation::augmented, this::collate, settings);
  }

  private DetectionBatch collate(List<DetectionSample> samples) {
    return DetectionBatch.of(
        samples, config.input(), data.classes().size(), config.head().stride());
  }

  @Override
  public List<Parameter> parameters() {
    return network.parameters();
  }

  /** {@code focal(heatmap) + size factor * L1(size) + offset factor * L1(offset)}. */
  @Override
  public Variable loss(Tape tape, DetectionBatch batch) {
    CenterNet.Outputs outputs = network.forward(tape, input(tape, batch));
    CenterTargets targets = batch.targets();
    List<Variable> losses =
        List.of(
            CenterLoss.focal(tape, outputs.heatmap(), targets.heatmap(), targets.objects()),
            CenterLoss.l1(tape, outputs.size(), targets.cells(), targets.sizes()),
            CenterLoss.l1(tape, outputs.offset(), targets.cells(), targets.offsets()));
    return Loss.weightedSum(tape, losses, 1, config.loss().size(), config.loss().offset());
  }

  @Override
  public void forward(Tape tape, DetectionBatch batch) {
    network.forward(tape, input(tape, batch));
  }

  @Override
  public DetectionEvaluation evaluate(Part part) {
    return evaluate(part == Part.VALIDATION ? data.validation() : data.test());
  }

  /** Judges the network on pictures of any size. */
  public DetectionEvaluation evaluate(Dataset<DetectionSample> samples) {
    DetectionEvaluation evaluation = new DetectionEvaluation(data.classes());
    List<DetectionSample> batch = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      batch.add(samples.get(i));
      if (batch.size() == EVALUATION_BATCH || i == samples.size() - 1) {
        evaluate(batch, evaluation);
        batch.clear();
      }
    }
    return evaluation;
  }

  private void evaluate(List<DetectionSample> samples, DetectionEvaluation evaluation) {
    RawOutputs raw;
    try (Tape tape = Tape.evaluation(kernels, pool).observedBy(watch)) {
      DetectionBatch batch = collate(samples.stream().map(preparation::fit).toList());
      raw = network.forward(tape, input(tape, batch)).values();
    }
    for (int i = 0; i < samples.size(); i++) {
      DetectionSample sample = samples.get(i);
      Letterbox letterbox = Letterbox.of(sample.image(), config.input());
      evaluation.add(sample, CenterDecoder.EVALUATION.decode(raw, i, letterbox));
    }
  }

  private Variable input(Tape tape, DetectionBatch batch) {
    ImageSpec spec = config.input();
    Shape shape = Shape.of(batch.count(), spec.height(), spec.width(), spec.mean().length);
    return tape.input(tape.allocate(shape).set(batch.pixels()));
  }
}
