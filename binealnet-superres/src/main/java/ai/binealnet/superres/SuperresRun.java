package ai.binealnet.superres;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.data.DataLoader;
import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.task.TaskRun;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import ai.binealnet.superres.data.Pair;
import ai.binealnet.superres.data.PatchBatch;
import ai.binealnet.superres.data.Patches;
import ai.binealnet.superres.data.PictureFolder;
import ai.binealnet.superres.data.SuperresData;
import ai.binealnet.superres.decode.Enlarger;
import ai.binealnet.superres.loss.PixelLoss;
import ai.binealnet.superres.metric.SuperresEvaluation;
import ai.binealnet.superres.model.Edsr;
import ai.binealnet.superres.model.SuperresConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;

/** A super-resolution network on its data: trains it, evaluates it. */
public final class SuperresRun implements TaskRun<PatchBatch> {
  private static final int LOADER_THREADS = 1;

  private final SuperresConfig config;
  private final SuperresData data;
  private final Edsr network;
  private final Kernels kernels;
  private final TensorPool pool = new TensorPool();
  private BiConsumer<String, Tensor> watch = (name, value) -> {};

  /** A network with the weights it has, on {@code data}. */
  public SuperresRun(SuperresConfig config, SuperresData data, Edsr network) {
    this.config = config;
    this.data = data;
    this.network = network;
    this.kernels = new CpuKernels(config.training().precision());
  }

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @Override
  public List<Parameter> parameters() {
    return network.parameters();
  }

  @Override
  public void watchedBy(BiConsumer<String, Tensor> other) {
    watch = other;
  }

  @Override
  public DataLoader<Pair, PatchBatch> loader() {
    ImageSpec spec = config.input();
    Dataset<Pair> pictures = data.pairs(config.network().scale(), spec);
    return new DataLoader<>(
        repeated(pictures, config.augment().perPicture()),
        new Patches(spec.height(), spec.width(), config.augment().dihedral()),
        PatchBatch.collate(spec),
        DataLoader.Settings.training(
            config.training().batch(), config.training().seed(), LOADER_THREADS));
  }

  /** Each picture several times, because an epoch takes several patches of it. */
  private static Dataset<Pair> repeated(Dataset<Pair> pictures, int times) {
    return new Dataset<>() {
      @Override
      public int size() {
        return pictures.size() * times;
      }

      @Override
      public Pair get(int index) {
        return pictures.get(index % pictures.size());
      }
    };
  }

  @Override
  public void rehearse() {
    loader();
    requirePart(data.validation(), "validation");
    requirePart(data.test(), "test");
    try (Tape tape = Tape.evaluation(kernels, pool)) {
      network.forward(tape, input(tape, config.input(), new float[config.input().elements()], 1));
    }
  }

  private void requirePart(List<PictureFolder> folders, String part) {
    if (folders.isEmpty()) {
      throw new UserError(
          "no pictures for the " + part + " part in " + data.root(),
          "folders such as t91-train and set5/HR, or a folder of at least 3 pictures",
          "training pictures only",
          "put some pictures into a folder " + (part.equals("test") ? "test" : "val"));
    }
  }

  @Override
  public Variable loss(Tape tape, PatchBatch batch) {
    Variable images = input(tape, batch.spec(), batch.low(), batch.count());
    float unit = config.input().std()[0];
    return PixelLoss.l1(tape, network.forward(tape, images), batch.high(), unit);
  }

  private static Variable input(Tape tape, ImageSpec spec, float[] pixels, int count) {
    Tensor images = tape.allocate(Shape.of(count, spec.height(), spec.width(), spec.mean().length));
    images.set(pixels);
    return tape.input(images);
  }

  @Override
  public SuperresEvaluation evaluate(Part part) {
    List<PictureFolder> folders = part == Part.TEST ? data.test() : data.validation();
    Enlarger enlarger = Enlarger.dynamic(this::enlarge, config.card());
    SuperresEvaluation evaluation = new SuperresEvaluation();
    for (PictureFolder folder : folders) {
      for (Path file : folder.files()) {
        Pair pair = SuperresData.read(file, config.network().scale());
        evaluation.add(
            folder.name(), PictureFolder.nameOf(file), pair, enlarger.enlarge(pair.low()));
      }
    }
    return evaluation;
  }

  /** The raw output for one picture, by the training graph in evaluation mode. */
  public float[] enlarge(Image image) {
    ImageSpec spec = config.input().withSize(image.height(), image.width());
    float[] pixels = new float[spec.elements()];
    spec.normalize(image, pixels, 0);
    try (Tape tape = Tape.evaluation(kernels, pool).observedBy(watch)) {
      return network.forward(tape, input(tape, spec, pixels, 1)).value().toArray();
    }
  }
}
