package ai.binealnet.deploy.cost;

import java.util.List;

/**
 * A network as a list of layers.
 *
 * @param name for people
 * @param layers in order
 */
public record Network(String name, List<LayerWork> layers) {
  /** Copies the list. */
  public Network {
    layers = List.copyOf(layers);
  }
}
