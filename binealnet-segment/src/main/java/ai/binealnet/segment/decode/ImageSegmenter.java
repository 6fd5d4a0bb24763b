package ai.binealnet.segment.decode;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.Letterbox;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.inference.FloatTensor;
import ai.binealnet.core.inference.Model;
import ai.binealnet.core.inference.PictureModel;
import java.util.List;

/**
 * A segmentation network's model file at work.
 *
 * @param model what runs
 */
public record ImageSegmenter(PictureModel model) {
  /** The task's name, in model files too. */
  public static final String TASK = "segment";

  /** Name of the network's output, in training and in exported files. */
  public static final String LOGITS = "head.logits";

  /**
   * A model that was opened.
   *
   * @throws UserError if it is no segmentation network
   */
  public static ImageSegmenter of(Model model) {
    return new ImageSegmenter(PictureModel.of(model, TASK));
  }

  /** What a picture of any size shows in each of its pixels. */
  public Segmentation segment(Image image) {
    Letterbox letterbox = Letterbox.of(image, model.card().input());
    List<String> classes = model.card().classes();
    FloatTensor logits = model.run(letterbox.apply(image)).get(LOGITS, 1, -1, -1, classes.size());
    int rows = (int) logits.shape()[1];
    int columns = (int) logits.shape()[2];
    LogitMap map = LogitMap.of(logits.values(), 0, rows, columns, classes.size());
    return new Segmentation(map.decode(letterbox), classes);
  }
}
