package ai.binealnet.segment;

import ai.binealnet.core.autograd.Distillation;
import ai.binealnet.core.autograd.Loss;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.data.BatchStream;
import ai.binealnet.core.data.DataLoader;
import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.data.Letterbox;
import ai.binealnet.core.task.NetworkRun;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.task.Teacher;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.segment.data.PixelBatch;
import ai.binealnet.segment.data.SegmentData;
import ai.binealnet.segment.data.SegmentSample;
import ai.binealnet.segment.decode.LabelMap;
import ai.binealnet.segment.decode.LogitMap;
import ai.binealnet.segment.loss.ClassWeights;
import ai.binealnet.segment.loss.PixelLoss;
import ai.binealnet.segment.metric.SegmentEvaluation;
import ai.binealnet.segment.model.SegmentConfig;
import ai.binealnet.segment.model.Segmenter;
import java.util.List;
import java.util.SplittableRandom;

/** A segmentation network on its data: trains it, judges it. */
public final class SegmentRun extends NetworkRun<PixelBatch> {
  private static final int EVALUATION_BATCH = 2;

  private final SegmentConfig config;
  private final SegmentData data;
  private final Segmenter network;
  private final ImageSpec crop;
  private Teacher<Segmenter.Outputs> teacher;
  private float[] classWeights;

  /** A picture as it is, and as the network reads it. */
  private record Prepared(SegmentSample sample, float[] pixels) {}

  /** A network with the weights it has, on {@code data}. */
  public SegmentRun(SegmentConfig config, SegmentData data, Segmenter network) {
    super(network, config.training());
    this.config = config;
    this.data = data;
    this.network = network;
    crop = config.augment().crop(config.input());
  }

  /** Adds what {@code other} contributes to the loss. */
  SegmentRun taughtBy(Segmenter other) {
    teacher =
        new Teacher<>(config.training().distillation(), other::outputs, Segmenter.Outputs::stages);
    return this;
  }

  @Override
  public DataLoader<SegmentSample, PixelBatch> loader() {
    return new DataLoader<>(
        data.train(),
        (sample, random) -> config.augment().apply(sample, config.input(), random),
        samples -> PixelBatch.of(samples, crop),
        loading());
  }

  @Override
  public void rehearse() {
    rehearse(config.input(), "input.height and input.width");
    rehearse(crop, "augment.cropHeight and augment.cropWidth");
    loader();
    SegmentSample sample = data.train().get(0);
    SplittableRandom random = new SplittableRandom(config.training().seed());
    SegmentSample changed = config.augment().apply(sample, config.input(), random);
    try (Tape tape = evaluation()) {
      loss(tape, PixelBatch.of(List.of(changed), crop));
    }
    predict(List.of(prepare(sample)), new SegmentEvaluation(data.classes()));
  }

  /** Logits must cover the picture evenly, or they would be decoded askew. */
  private void rehearse(ImageSpec spec, String keys) {
    try (Tape tape = evaluation()) {
      Shape grid = network.forward(tape, input(tape, spec, new float[spec.elements()])).shape();
      int stride = spec.height() / grid.dim(1);
      if (grid.dim(1) * stride != spec.height() || grid.dim(2) * stride != spec.width()) {
        throw new IllegalArgumentException(
            "a grid of %d x %d does not cover them evenly".formatted(grid.dim(1), grid.dim(2)));
      }
    } catch (IllegalArgumentException e) {
      throw unusableSize(
          spec, "multiples of its output stride, such as 360x480 or 240x320", keys, e);
    }
  }

  @Override
  public Variable loss(Tape tape, PixelBatch batch) {
    Variable images = input(tape, batch.spec(), batch.pixels());
    Segmenter.Outputs outputs = network.outputs(tape, images);
    Variable loss = loss(tape, outputs, batch);
    return teacher == null ? loss : teacher.join(tape, images, outputs, loss, this::distance);
  }

  private Variable loss(Tape tape, Segmenter.Outputs outputs, PixelBatch batch) {
    Variable loss = loss(tape, outputs.logits(), batch);
    return outputs.auxiliary() == null
        ? loss
        : Loss.weightedSum(
            tape,
            List.of(loss, loss(tape, outputs.auxiliary(), batch)),
            1,
            config.loss().auxiliary());
  }

  /** Every cell of the grid counts alike, void or not: the teacher has an opinion of all. */
  private Variable distance(Tape tape, Segmenter.Outputs student, Segmenter.Outputs other) {
    return Distillation.logits(
        tape,
        student.logits(),
        other.logits().value().toArray(),
        config.training().distillation().temperature());
  }

  private Variable loss(Tape tape, Variable logits, PixelBatch batch) {
    return PixelLoss.crossEntropy(
        tape,
        logits,
        batch.labels(),
        batch.spec().height(),
        batch.spec().width(),
        classWeights(),
        config.training().labelSmoothing());
  }

  /** Found in the labels of the training pictures when they are first needed. */
  private float[] classWeights() {
    if (classWeights == null) {
      classWeights =
          ClassWeights.medianFrequency(data.train().pixels(), config.loss().classBalance());
    }
    return classWeights;
  }

  @Override
  public void forward(Tape tape, PixelBatch batch) {
    network.forward(tape, input(tape, batch.spec(), batch.pixels()));
  }

  @Override
  public SegmentEvaluation evaluate(Part part) {
    SegmentEvaluation evaluation = new SegmentEvaluation(data.classes());
    predict(part == Part.TEST ? data.test() : data.validation(), evaluation);
    return evaluation;
  }

  /** Segments pictures, in their own sizes, and holds the result against the truth. */
  private void predict(Dataset<SegmentSample> samples, SegmentEvaluation evaluation) {
    DataLoader<Prepared, List<Prepared>> loader =
        new DataLoader<>(
            samples.map(this::prepare),
            batch -> batch,
            DataLoader.Settings.evaluation(EVALUATION_BATCH, LOADER_THREADS));
    try (BatchStream<List<Prepared>> batches = loader.epoch(0, 0)) {
      while (batches.hasNext()) {
        predict(batches.next(), evaluation);
      }
    }
  }

  private Prepared prepare(SegmentSample sample) {
    ImageSpec spec = config.input();
    float[] pixels = new float[spec.elements()];
    spec.normalize(Letterbox.of(sample.image(), spec).apply(sample.image()), pixels, 0);
    return new Prepared(sample, pixels);
  }

  private void predict(List<Prepared> batch, SegmentEvaluation evaluation) {
    ImageSpec spec = config.input();
    float[] pixels = new float[batch.size() * spec.elements()];
    for (int n = 0; n < batch.size(); n++) {
      System.arraycopy(batch.get(n).pixels, 0, pixels, n * spec.elements(), spec.elements());
    }
    try (Tape tape = evaluation()) {
      Tensor logits = network.forward(tape, input(tape, spec, pixels)).value();
      Shape shape = logits.shape();
      float[] values = logits.toArray();
      for (int n = 0; n < batch.size(); n++) {
        SegmentSample sample = batch.get(n).sample;
        LabelMap labels =
            LogitMap.of(values, n, shape.dim(1), shape.dim(2), shape.channels())
                .decode(Letterbox.of(sample.image(), spec));
        evaluation.add(sample.image(), sample.labels(), labels);
      }
    }
  }
}
