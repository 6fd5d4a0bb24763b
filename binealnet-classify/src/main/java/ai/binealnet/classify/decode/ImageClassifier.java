package ai.binealnet.classify.decode;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.inference.Model;
import ai.binealnet.core.inference.PictureModel;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A classifier's model file at work.
 *
 * @param model what runs
 */
public record ImageClassifier(PictureModel model) {
  /** The task's name, in model files too. */
  public static final String TASK = "classify";

  /** Name of the network's output, in training and in exported files. */
  public static final String LOGITS = "head.logits";

  /**
   * A model that was opened.
   *
   * @throws UserError if it is no classifier
   */
  public static ImageClassifier of(Model model) {
    return new ImageClassifier(PictureModel.of(model, TASK));
  }

  /** What a picture of any size shows, scaled and cropped to the model's size as in training. */
  public Classification classify(Image image) {
    return classify(List.of(fit(image)), model.card().classes().size()).get(0);
  }

  /**
   * What pictures show, in one run of the network.
   *
   * @param images at least one, of the model's size
   * @param candidates classes of each result, at most
   */
  public List<Classification> classify(List<Image> images, int candidates) {
    float[] logits = logits(images);
    return IntStream.range(0, images.size())
        .mapToObj(row -> Classification.of(logits, row, model.card().classes(), candidates))
        .toList();
  }

  /**
   * Logits [images, classes].
   *
   * @param images at least one, of the model's size
   */
  public float[] logits(List<Image> images) {
    return model.run(images).get(LOGITS, images.size(), model.card().classes().size()).values();
  }

  /** The picture scaled and cropped to the model's size. */
  public Image fit(Image image) {
    return ImageFiles.fit(image, model.card().input().height(), model.card().input().width());
  }
}
