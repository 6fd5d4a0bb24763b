package ai.binealnet.core.inference;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.data.ModelCard;
import ai.binealnet.core.graph.UserError;
import java.util.List;

/**
 * A model that takes pictures.
 *
 * @param model what runs
 * @param card what it tells about itself
 */
public record PictureModel(Model model, ModelCard card) {
  /**
   * Reads the model's card.
   *
   * @param task that the model must be for
   * @throws UserError if it has no card, or is for another task
   */
  public static PictureModel of(Model model, String task) {
    ModelCard card = ModelCard.of(model.metadata(), model.name());
    if (!task.equals(card.task())) {
      throw new UserError(
          "cannot use model " + model.name(),
          "a model of task " + task,
          card.task(),
          "give another");
    }
    return new PictureModel(model, card);
  }

  /** Runs one picture of the model's size, or of any size if the model takes it. */
  public Outputs run(Image image) {
    return run(List.of(image));
  }

  /**
   * Runs a batch.
   *
   * @param images at least one, all of the model's size, or of any one size if the model takes it
   * @throws IllegalArgumentException if there is none
   */
  public Outputs run(List<Image> images) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("a batch needs at least one picture");
    }
    ImageSpec spec = card.input().withSize(images.get(0).height(), images.get(0).width());
    return new Outputs(
        model.name(), model.run(spec.pixels(images), images.size(), spec.height(), spec.width()));
  }
}
