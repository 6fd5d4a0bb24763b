package ai.binealnet.detect;

import ai.binealnet.core.autograd.Loss;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.data.DataLoader;
import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Letterbox;
import ai.binealnet.core.task.NetworkRun;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.task.Teacher;
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

/** A detector on its data: trains it, evaluates it. */
public final class DetectRun extends NetworkRun<DetectionBatch> {
  private static final int EVALUATION_BATCH = 8;

  private final DetectConfig config;
  private final DetectionData data;
  private final CenterNet network;
  private final InputPreparation preparation;
  private Teacher<CenterNet.Outputs> teacher;

  /** A network with the weights it has. */
  public DetectRun(DetectConfig config, DetectionData data, CenterNet network) {
    super(network, config.training());
    this.config = config;
    this.data = data;
    this.network = network;
    preparation = new InputPreparation(config.input(), config.augment());
  }

  /** Adds what {@code other} contributes to the loss. */
  DetectRun taughtBy(CenterNet other) {
    teacher =
        new Teacher<>(config.training().distillation(), other::forward, CenterNet.Outputs::stages);
    return this;
  }

  @Override
  public void rehearse() {
    DetectionSample sample = data.train().get(0);
    try (Tape tape = evaluation()) {
      loss(tape, collate(List.of(preparation.fit(sample))));
    } catch (IllegalArgumentException e) {
      throw unusableSize(
          config.input(),
          "a size that its stages can halve, such as 256x256 or 320x256",
          "input.height and input.width",
          e);
    }
    loader();
    preparation.augmented(sample, new SplittableRandom(config.training().seed()));
  }

  @Override
  public DataLoader<DetectionSample, DetectionBatch> loader() {
    DataLoader.Settings settings = loading();
    return new DataLoader<>(data.train(), preparation::augmented, this::collate, settings);
  }

  private DetectionBatch collate(List<DetectionSample> samples) {
    return DetectionBatch.of(
        samples, config.input(), data.classes().size(), config.head().stride());
  }

  /** {@code focal(heatmap) + size factor * L1(size) + offset factor * L1(offset)}. */
  @Override
  public Variable loss(Tape tape, DetectionBatch batch) {
    Variable images = input(tape, config.input(), batch.pixels());
    CenterNet.Outputs outputs = network.forward(tape, images);
    CenterTargets targets = batch.targets();
    Variable loss =
        sum(
            tape,
            CenterLoss.focal(tape, outputs.heatmap(), targets.heatmap(), targets.objects()),
            CenterLoss.l1(tape, outputs.size(), targets.cells(), targets.sizes()),
            CenterLoss.l1(tape, outputs.offset(), targets.cells(), targets.offsets()));
    return teacher == null
        ? loss
        : teacher.join(
            tape,
            images,
            outputs,
            loss,
            (t, student, other) -> distance(t, student, other, targets));
  }

  /** The same sum, with the teacher's outputs in the place of the truth. */
  private Variable distance(
      Tape tape, CenterNet.Outputs student, CenterNet.Outputs other, CenterTargets targets) {
    int[] cells = targets.cells();
    return sum(
        tape,
        CenterLoss.qualityFocal(
            tape, student.heatmap(), other.heatmap().value().toArray(), targets.objects()),
        CenterLoss.l1(tape, student.size(), cells, CenterLoss.at(cells, other.size().value())),
        CenterLoss.l1(tape, student.offset(), cells, CenterLoss.at(cells, other.offset().value())));
  }

  private Variable sum(Tape tape, Variable heatmap, Variable size, Variable offset) {
    return Loss.weightedSum(
        tape, List.of(heatmap, size, offset), 1, config.loss().size(), config.loss().offset());
  }

  @Override
  public void forward(Tape tape, DetectionBatch batch) {
    network.forward(tape, input(tape, config.input(), batch.pixels()));
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
    try (Tape tape = evaluation()) {
      DetectionBatch batch = collate(samples.stream().map(preparation::fit).toList());
      raw = network.forward(tape, input(tape, config.input(), batch.pixels())).values();
    }
    for (int i = 0; i < samples.size(); i++) {
      DetectionSample sample = samples.get(i);
      Letterbox letterbox = Letterbox.of(sample.image(), config.input());
      evaluation.add(sample, CenterDecoder.EVALUATION.decode(raw, i, letterbox));
    }
  }
}
