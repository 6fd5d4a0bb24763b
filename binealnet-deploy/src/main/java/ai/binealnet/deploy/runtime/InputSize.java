package ai.binealnet.deploy.runtime;

import ai.binealnet.core.graph.UserError;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.List;
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
  private static final int MOST_CHANNELS = 4;
  private static final int LONGEST = 1 << 15;

  /**
   * What the one input of a session tells.
   *
   * @throws UserError if it is no picture, or the file does not tell of which size
   */
  public static InputSize of(OrtSession session) throws OrtException {
    List<NodeInfo> inputs = List.copyOf(session.getInputInfo().values());
    long[] shape =
        inputs.size() == 1
                && inputs.get(0).getInfo() instanceof TensorInfo tensor
                && tensor.type == OnnxJavaType.UINT8
            ? tensor.getShape()
            : new long[0];
    if (shape.length != RANK || shape[RANK - 1] < 1 || shape[RANK - 1] > MOST_CHANNELS) {
      throw unknown(inputs.toString(), null);
    }
    int channels = (int) shape[RANK - 1];
    if (shape[1] > 0 && shape[2] > 0) {
      return sized(shape[1], shape[2], channels, 0);
    }
    Map<String, String> metadata = session.getMetadata().getCustomMetadata();
    String example = metadata.get(EXAMPLE);
    String multiple = metadata.get(MULTIPLE);
    try {
      String[] sides = String.valueOf(example).split("x", 2);
      return sized(
          Integer.parseInt(sides[0]),
          Integer.parseInt(sides[1]),
          channels,
          Math.max(1, Integer.parseInt(multiple)));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw unknown(inputs + ", " + example + ", " + multiple, e);
    }
  }

  private static InputSize sized(long height, long width, int channels, int multiple) {
    if (height < 1 || width < 1 || height > LONGEST || width > LONGEST) {
      throw unknown(height + " x " + width, null);
    }
    return new InputSize((int) height, (int) width, channels, multiple);
  }

  private static UserError unknown(String actual, Exception cause) {
    return new UserError(
        "cannot tell what pictures the model reads",
        "one input uint8 [N,H,W,C], sides up to %d, and metadata %s and %s if they are free"
            .formatted(LONGEST, EXAMPLE, MULTIPLE),
        actual,
        "export it again",
        cause);
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
