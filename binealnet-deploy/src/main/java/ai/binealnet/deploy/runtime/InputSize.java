package ai.binealnet.deploy.runtime;

import ai.binealnet.core.graph.UserError;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Map;

/**
 * The pictures that a model file reads.
 *
 * @param height rows; of an example where any size will do
 * @param width columns, likewise
 * @param channels channels
 * @param multiple 0 if pictures are of this size only; otherwise height and width are any multiples
 */
public record InputSize(int height, int width, int channels, int multiple) {
  /**
   * Metadata key of files that read pictures of any size: an example, {@code 96x64} (rows first).
   */
  public static final String EXAMPLE = "input.example";

  /**
   * Metadata key of files that read pictures of any size: what height and width are multiples of.
   */
  public static final String MULTIPLE = "input.multiple";

  private static final int RANK = 4;

  /**
   * What the one input of a session tells.
   *
   * @throws UserError if it is no picture, or the file does not tell of which size
   */
  public static InputSize of(OrtSession session) throws OrtException {
    String input = session.getInputNames().iterator().next();
    long[] shape = ((TensorInfo) session.getInputInfo().get(input).getInfo()).getShape();
    if (shape.length == RANK && shape[1] > 0 && shape[2] > 0) {
      return new InputSize((int) shape[1], (int) shape[2], (int) shape[3], 0);
    }
    Map<String, String> metadata = session.getMetadata().getCustomMetadata();
    try {
      String[] example = metadata.getOrDefault(EXAMPLE, "").split("x", 2);
      return new InputSize(
          Integer.parseInt(example[0]),
          Integer.parseInt(example[1]),
          (int) shape[RANK - 1],
          Integer.parseInt(metadata.getOrDefault(MULTIPLE, "")));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new UserError(
          "cannot tell what pictures the model reads",
          "an input [N,H,W,C], and metadata " + EXAMPLE + " and " + MULTIPLE + " if H is free",
          "%d dimensions, %s".formatted(shape.length, metadata.get(EXAMPLE)),
          "export it again",
          e);
    }
  }

  /** Whether height and width are free. */
  public boolean isFree() {
    return multiple > 0;
  }

  /** Whether pictures of a size will do. */
  boolean fits(int rows, int columns) {
    return isFree()
        ? rows > 0 && columns > 0 && rows % multiple == 0 && columns % multiple == 0
        : rows == height && columns == width;
  }

  @Override
  public String toString() {
    return isFree()
        ? "height and width multiples of " + multiple
        : "%d x %d".formatted(height, width);
  }
}
