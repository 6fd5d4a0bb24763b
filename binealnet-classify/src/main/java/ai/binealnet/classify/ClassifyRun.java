package ai.binealnet.classify;

import ai.binealnet.classify.data.ClassificationData;
import ai.binealnet.classify.metric.ClassificationEvaluation;
import ai.binealnet.classify.model.Classifier;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.autograd.Distillation;
import ai.binealnet.core.autograd.Loss;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.data.Augmentation;
import ai.binealnet.core.data.BatchStream;
import ai.binealnet.core.data.DataLoader;
import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.ImageBatch;
import ai.binealnet.core.data.LabeledImage;
import ai.binealnet.core.data.Mixup;
import ai.binealnet.core.task.NetworkRun;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.task.Teacher;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Kernels;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** A classifier on its data: trains it, evaluates it. */
public final class ClassifyRun extends NetworkRun<ImageBatch> {
  private static final int EVALUATION_BATCH = 128;

  private final ClassifyConfig config;
  private final ClassificationData data;
  private final Classifier classifier;
  private Teacher<Classifier.Outputs> teacher;

  /** A fresh classifier for {@code data}. */
  public ClassifyRun(ClassifyConfig config, ClassificationData data) {
    this(config, data, new Classifier(config, data.classes().size()));
  }

  /** A classifier with the weights it has, to judge it on {@code data}. */
  public ClassifyRun(ClassifyConfig config, ClassificationData data, Classifier classifier) {
    this(config, data, classifier, new CpuKernels(config.training().precision()));
  }

  /** The same on a device of choice. */
  public ClassifyRun(
      ClassifyConfig config, ClassificationData data, Classifier classifier, Kernels kernels) {
    super(classifier, config.training(), kernels);
    this.config = config;
    this.data = data.fitTo(config.input());
    this.classifier = classifier;
  }

  /** The network. */
  public Classifier classifier() {
    return classifier;
  }

  /** Adds what {@code teacher} contributes to the loss. */
  ClassifyRun taughtBy(Classifier other) {
    teacher =
        new Teacher<>(config.training().distillation(), other::outputs, Classifier.Outputs::stages);
    return this;
  }

  @Override
  public void rehearse() {
    LabeledImage sample = data.train().get(0);
    try (Tape tape = evaluation()) {
      loss(tape, ImageBatch.collate(config.input()).apply(List.of(sample)));
    } catch (IllegalArgumentException e) {
      throw unusableSize(
          config.input(),
          "a size that its stages can halve, such as 32x32, 64x64 or 224x224",
          "input.height and input.width",
          e);
    }
    loader();
    augmentation().apply(sample.image(), new SplittableRandom(config.training().seed()));
  }

  private Augmentation augmentation() {
    return config.augment().augmentation(config.input());
  }

  @Override
  public DataLoader<LabeledImage, ImageBatch> loader() {
    DataLoader.Settings settings = loading();
    Function<List<LabeledImage>, ImageBatch> collate = ImageBatch.collate(config.input());
    Augmentation augmentation = augmentation();
    Mixup mixup = config.augment().batchMixup();
    return new DataLoader<>(
        data.train(),
        (sample, random) -> sample.withImage(augmentation.apply(sample.image(), random)),
        (samples, random) -> mixup.apply(collate.apply(samples), random),
        settings);
  }

  @Override
  public Variable loss(Tape tape, ImageBatch batch) {
    Variable images = input(tape, batch.spec(), batch.pixels());
    Classifier.Outputs outputs = classifier.outputs(tape, images);
    float[] targets = batch.targets(data.classes().size(), config.training().labelSmoothing());
    Variable loss = Loss.softmaxCrossEntropy(tape, outputs.logits(), targets);
    return teacher == null ? loss : teacher.join(tape, images, outputs, loss, this::distance);
  }

  private Variable distance(Tape tape, Classifier.Outputs student, Classifier.Outputs other) {
    return Distillation.logits(
        tape,
        student.logits(),
        other.logits().value().toArray(),
        config.training().distillation().temperature());
  }

  @Override
  public void forward(Tape tape, ImageBatch batch) {
    classifier.forward(tape, input(tape, batch.spec(), batch.pixels()));
  }

  @Override
  public ClassificationEvaluation evaluate(Part part) {
    return evaluate(data.part(part));
  }

  /** Accuracy on samples of the input's size, by the training graph in evaluation mode. */
  public ClassificationEvaluation evaluate(Dataset<LabeledImage> samples) {
    ClassificationEvaluation evaluation = new ClassificationEvaluation(data.classes());
    DataLoader<LabeledImage, ImageBatch> loader =
        new DataLoader<>(
            samples,
            ImageBatch.collate(config.input()),
            DataLoader.Settings.evaluation(EVALUATION_BATCH, LOADER_THREADS));
    try (BatchStream<ImageBatch> batches = loader.epoch(0, 0)) {
      while (batches.hasNext()) {
        ImageBatch batch = batches.next();
        try (Tape tape = evaluation()) {
          float[] logits =
              classifier.forward(tape, input(tape, batch.spec(), batch.pixels())).value().toArray();
          evaluation.add(logits, batch.labels(), batch.count());
        }
      }
    }
    return evaluation;
  }
}
