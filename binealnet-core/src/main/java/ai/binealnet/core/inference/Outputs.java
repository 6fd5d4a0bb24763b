package ai.binealnet.core.inference;

import ai.binealnet.core.graph.UserError;
import java.util.Arrays;
import java.util.Map;

/**
 * What a model put out.
 *
 * @param model its name, for errors
 * @param tensors by name
 */
public record Outputs(String model, Map<String, FloatTensor> tensors) {
  /**
   * One output.
   *
   * @param shape its extents, -1 where any will do
   * @throws UserError if the model has no such output
   */
  public FloatTensor get(String name, long... shape) {
    FloatTensor output = tensors.get(name);
    if (output == null || !fits(output.shape(), shape)) {
      throw new UserError(
          "cannot use model " + model,
          "an output %s %s, -1 for any extent".formatted(name, Arrays.toString(shape)),
          output == null ? "outputs " + tensors.keySet() : Arrays.toString(output.shape()),
          "export it again");
    }
    return output;
  }

  private static boolean fits(long[] actual, long[] shape) {
    boolean fits = actual.length == shape.length;
    for (int i = 0; fits && i < shape.length; i++) {
      fits = actual[i] > 0 && (shape[i] < 0 || shape[i] == actual[i]);
    }
    return fits;
  }
}
