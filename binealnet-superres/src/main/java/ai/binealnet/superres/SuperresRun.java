package ai.binealnet.superres;

import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.data.DataLoader;
import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.NetworkRun;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.task.Teacher;
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

/** A super-resolution network on its data: trains it, evaluates it. */
public final class SuperresRun extends NetworkRun<PatchBatch> {

  private final SuperresConfig config;
  private final SuperresData data;
  private final Edsr network;
  private Teacher<Variable> teacher;

  /** A network with the weights it has, on {@code data}. */
  public SuperresRun(SuperresConfig config, SuperresData data, Edsr network) {
    super(network, config.training());
    this.config = config;
    this.data = data;
    this.network = network;
  }

  /**
   * Adds what {@code other} contributes to the loss: how far its pictures are.
   *
   * @throws UserError if it enlarges by another factor
   */
  SuperresRun taughtBy(Edsr other) {
    if (other.scale() != network.scale()) {
      throw new UserError(
          "the teacher " + config.training().distillation().teacher() + " enlarges differently",
          "network.scale " + network.scale(),
          Integer.toString(other.scale()),
          "train a teacher with network.scale=" + network.scale());
    }
    teacher = new Teacher<>(config.training().distillation(), other::forward, picture -> List.of());
    return this;
  }

  @Override
  public DataLoader<Pair, PatchBatch> loader() {
    ImageSpec spec = config.input();
    Dataset<Pair> pictures = data.pairs(config.network().scale(), spec);
    return new DataLoader<>(
        pictures.repeated(config.augment().perPicture()),
        new Patches(spec.height(), spec.width(), config.augment().dihedral()),
        PatchBatch.collate(spec),
        loading());
  }

  @Override
  public void rehearse() {
    loader();
    requirePart(data.validation(), "validation");
    requirePart(data.test(), "test");
    try (Tape tape = evaluation()) {
      network.forward(tape, input(tape, config.input(), new float[config.input().elements()]));
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
    Variable images = input(tape, batch.spec(), batch.low());
    Variable large = network.forward(tape, images);
    Variable loss = distance(tape, large, batch.high());
    return teacher == null
        ? loss
        : teacher.join(
            tape,
            images,
            large,
            loss,
            (t, own, other) -> distance(t, own, other.value().toArray()));
  }

  private Variable distance(Tape tape, Variable large, float[] target) {
    return PixelLoss.l1(tape, large, target, config.input().std()[0]);
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
    try (Tape tape = evaluation()) {
      return network.forward(tape, input(tape, spec, pixels)).value().toArray();
    }
  }
}
