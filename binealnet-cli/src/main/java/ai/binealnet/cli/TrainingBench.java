package ai.binealnet.cli;

import ai.binealnet.classify.ClassifyRun;
import ai.binealnet.classify.data.ClassificationData;
import ai.binealnet.classify.model.Classifier;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.data.LabeledImage;
import ai.binealnet.core.task.Runs;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.KernelProfile;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.MatrixProduct;
import ai.binealnet.core.train.Progress;
import ai.binealnet.core.train.RunFolder;
import ai.binealnet.deploy.bench.Timings;
import ai.binealnet.deploy.lower.LayerReport;
import ai.binealnet.deploy.lower.LayerReports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Times the steps of the very training loop that {@code train} runs, on random pictures. A matrix
 * product is timed after every few steps, its time taken out of theirs.
 */
final class TrainingBench implements Progress {
  /** Steps before anything counts: buffers and compiled code settle. */
  private static final int WARM_UP = 5;

  private static final int STEPS_PER_PRODUCT = 3;
  private static final int CLASSES = 10;

  /** Forward, gradient of the input, gradient of the weights: each as many MACs. */
  private static final int PASSES = 3;

  private static final double GIGA = 1e9;

  /**
   * What was measured.
   *
   * @param medianSeconds of a step
   * @param minSeconds of a step
   * @param gmacs of the median step, in 10^9 multiply-accumulate operations per second
   * @param sgemmGmacs of the median matrix product
   * @param residentStart megabytes after the warm-up, or null where the system does not tell
   * @param residentEnd megabytes after the last step, or null
   * @param profile seconds of each kernel in all counted steps
   */
  record Outcome(
      double medianSeconds,
      double minSeconds,
      double gmacs,
      double sgemmGmacs,
      Long residentStart,
      Long residentEnd,
      List<KernelProfile.Row> profile) {}

  private final ClassifyConfig config;
  private final int steps;
  private final Runnable interlude;
  private final Timings seconds = new Timings();
  private final Timings products = new Timings();
  private final MatrixProduct product = new MatrixProduct();
  private final KernelProfile profile = new KernelProfile();
  private Long residentStart;
  private Long residentEnd;
  private long last;

  TrainingBench(ClassifyConfig config, int steps) {
    this(config, steps, () -> {});
  }

  /**
   * @param interlude runs after every step that counts; its time does not
   */
  TrainingBench(ClassifyConfig config, int steps, Runnable interlude) {
    this.config = config;
    this.steps = steps;
    this.interlude = interlude;
  }

  Outcome run() {
    try (TemporaryFolder folder = new TemporaryFolder("binealnet-bench-")) {
      Kernels kernels = profile.around(new CpuKernels(config.training().precision()));
      ClassifyRun run =
          new ClassifyRun(config, randomData(), new Classifier(config, CLASSES), kernels);
      long macs =
          LayerReports.ofReal(run.classifier().graph(Map.of())).stream()
              .mapToLong(LayerReport::macs)
              .sum();
      product.gmacs(); // its own warm-up
      last = System.nanoTime();
      Runs.fit(run, config, new RunFolder(folder.path()), this);
      double median = seconds.median();
      double min = seconds.percentile(0);
      double work = (double) PASSES * macs * config.training().batch() / GIGA;
      return new Outcome(
          median,
          min,
          work / median,
          products.median(),
          residentStart,
          residentEnd,
          profile.rows());
    }
  }

  @Override
  public void step(int epoch, int step, int stepsOfEpoch, double loss) {
    long now = System.nanoTime();
    if (step > WARM_UP) {
      seconds.add((now - last) / GIGA);
      interlude.run();
      if ((step - WARM_UP) % STEPS_PER_PRODUCT == 1 || steps < STEPS_PER_PRODUCT) {
        products.add(product.gmacs());
      }
    }
    if (step == WARM_UP) {
      profile.clear();
    }
    if (step == WARM_UP + 1) {
      residentStart = ResidentMemory.megabytes();
    }
    if (step == WARM_UP + steps) {
      residentEnd = ResidentMemory.megabytes();
    }
    last = System.nanoTime();
  }

  private ClassificationData randomData() {
    ImageSpec spec = config.input();
    int batch = config.training().batch();
    Random random = new Random(config.training().seed());
    List<LabeledImage> few = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      byte[] pixels = new byte[spec.elements()];
      random.nextBytes(pixels);
      few.add(
          new LabeledImage(
              new Image(spec.height(), spec.width(), spec.colorOrder().channels(), pixels),
              i % CLASSES));
    }
    List<String> names = IntStream.range(0, CLASSES).mapToObj(i -> "class " + i).toList();
    return new ClassificationData(
        Path.of(""),
        ClassificationData.Format.CIFAR,
        names,
        repeated(few, batch * (WARM_UP + steps)),
        repeated(few, 1),
        repeated(few, 1));
  }

  private static Dataset<LabeledImage> repeated(List<LabeledImage> samples, int size) {
    return new Dataset<>() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public LabeledImage get(int index) {
        return samples.get(index % samples.size());
      }
    };
  }
}
