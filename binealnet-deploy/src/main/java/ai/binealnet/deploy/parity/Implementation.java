package ai.binealnet.deploy.parity;

import java.util.Map;

/** One way to compute a network, to be compared with others. */
public interface Implementation {
  /** What people call it. */
  String name();

  /**
   * Computes a batch.
   *
   * @param images the batch
   * @return the values it can tell, by their names in the graph; at least the graph's outputs
   */
  Map<String, Activation> run(Activation.Pixels images);
}
