package ai.binealnet.detect.decode;

import ai.binealnet.core.data.HorizontalFlip;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.Letterbox;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.inference.FloatTensor;
import ai.binealnet.core.inference.Model;
import ai.binealnet.core.inference.Outputs;
import ai.binealnet.core.inference.PictureModel;
import java.util.List;

/**
 * A detector's model file at work.
 *
 * @param model what runs
 * @param decoder which boxes are wanted
 * @param flipTest whether it looks at each picture's mirror image too and takes the mean of both
 */
public record ObjectDetector(PictureModel model, CenterDecoder decoder, boolean flipTest) {
  /** The task's name, in model files too. */
  public static final String TASK = "detect";

  /**
   * A model that was opened, to find the 100 best boxes of a score of 0.3 or more.
   *
   * @throws UserError if it is no detector
   */
  public static ObjectDetector of(Model model) {
    return new ObjectDetector(PictureModel.of(model, TASK), CenterDecoder.DISPLAY, false);
  }

  /** What a picture of any size shows, in its own pixels, best first. */
  public List<Detection> detect(Image image) {
    Letterbox letterbox = Letterbox.of(image, model.card().input());
    Image input = letterbox.apply(image);
    RawOutputs raw = raw(input);
    if (flipTest) {
      raw = raw.meanWithMirror(raw(HorizontalFlip.mirror(input)));
    }
    return decoder.decode(raw, 0, letterbox);
  }

  /** What the network puts out for a picture of its size. */
  public RawOutputs raw(Image input) {
    Outputs outputs = model.run(input);
    int classes = model.card().classes().size();
    FloatTensor heatmap = outputs.get(RawOutputs.HEATMAP, 1, -1, -1, classes);
    int rows = (int) heatmap.shape()[1];
    int columns = (int) heatmap.shape()[2];
    return new RawOutputs(
        rows,
        columns,
        classes,
        heatmap.values(),
        outputs.get(RawOutputs.SIZE, 1, rows, columns, 2).values(),
        outputs.get(RawOutputs.OFFSET, 1, rows, columns, 2).values());
  }
}
