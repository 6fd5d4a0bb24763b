package ai.binealnet.core.inference;

import java.util.Map;

/** A model file that is ready to run. */
public interface Model {
  /** What people know it by, such as the file's path. */
  String name();

  /** What travels with the model: task, classes, image spec, provenance. */
  Map<String, String> metadata();

  /**
   * Runs a batch of images.
   *
   * @param pixels uint8 [N,H,W,C]
   * @param count N, at least 1
   * @param rows H
   * @param columns W
   * @return every output by its name
   * @throws ai.binealnet.core.graph.UserError if the model does not take these images
   */
  Map<String, FloatTensor> run(byte[] pixels, int count, int rows, int columns);
}
