package ai.binealnet.classify;

import ai.binealnet.classify.data.ClassificationData;
import ai.binealnet.classify.metric.ClassificationEvaluation;
import ai.binealnet.classify.model.Classifier;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.autograd.Loss;
import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.data.Augmentation;
import ai.binealnet.core.data.BatchStream;
import ai.binealnet.core.data.DataLoader;
import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.ImageBatch;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.data.LabeledImage;
import ai.binealnet.core.data.Mixup;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.task.TaskRun;
import ai.binealnet.core.task.TeacherInfo;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A classifier on its data: trains it, evaluates it. */
public final class ClassifyRun implements TaskRun<ImageBatch> {
  private static final int EVALUATION_BATCH = 128;
  private static final int LOADER_THREADS = 1;

  private final ClassifyConfig config;
  private final ClassificationData data;
  private final Classifier classifier;
  private final Kernels kernels;
  private final TensorPool pool = new TensorPool();
  private Teacher teacher;
  private BiConsumer<String, Tensor> watch = (name, value) -> {};

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
    this.config = config;
    this.data = data.fitTo(config.input());
    this.classifier = classifier;
    this.kernels = kernels;
  }

  /** The network. */
  public Classifier classifier() {
    return classifier;
  }

  /** Adds what {@code teacher} contributes to the loss. */
  ClassifyRun taughtBy(Teacher other) {
    teacher = other;
    return this;
  }

  @Override
  public TeacherInfo teacher() {
    return teacher == null ? TeacherInfo.NONE : teacher.info();
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
    LabeledImage sample = data.train().get(0);
    try (Tape tape = Tape.evaluation(kernels, pool)) {
      loss(tape, ImageBatch.collate(config.input()).apply(List.of(sample)));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "the network cannot process pictures of %d rows x %d columns"
              .formatted(config.input().height(), config.input().width()),
          "a size that its stages can halve, such as 32x32, 64x64 or 224x224",
          e.getMessage(),
          "change input.height and input.width",
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
    DataLoader.Settings settings =
        DataLoader.Settings.training(
            config.training().batch(), config.training().seed(), LOADER_THREADS);
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
  public List<Parameter> parameters() {
    return classifier.parameters();
  }

  @Override
  public Variable loss(Tape tape, ImageBatch batch) {
    Variable images = input(tape, batch);
    Classifier.Outputs outputs = classifier.outputs(tape, images);
    float[] targets = batch.targets(data.classes().size(), config.training().labelSmoothing());
    Variable loss = Loss.softmaxCrossEntropy(tape, outputs.logits(), targets);
    return teacher == null ? loss : teacher.join(tape, images, outputs, loss);
  }

  @Override
  public void forward(Tape tape, ImageBatch batch) {
    classifier.forward(tape, input(tape, batch));
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
        try (Tape tape = Tape.evaluation(kernels, pool).observedBy(watch)) {
          float[] logits = classifier.forward(tape, input(tape, batch)).value().toArray();
          evaluation.add(logits, batch.labels(), batch.count());
        }
      }
    }
    return evaluation;
  }

  private static Variable input(Tape tape, ImageBatch batch) {
    ImageSpec spec = batch.spec();
    Tensor images =
        tape.allocate(Shape.of(batch.count(), spec.height(), spec.width(), spec.mean().length));
    images.set(batch.pixels());
    return tape.input(images);
  }
}
