package ai.binealnet.core.data;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A random change of a training picture that leaves its class as it is. Draws only from the
 * generator it is given.
 */
@FunctionalInterface
public interface Augmentation {
  /** The changed picture; the given one stays as it is. */
  Image apply(Image image, RandomGenerator random);

  /** One change after the other, in the order given; none gives the picture itself. */
  static Augmentation compose(List<Augmentation> parts) {
    List<Augmentation> all = List.copyOf(parts);
    return (image, random) -> {
      Image result = image;
      for (Augmentation part : all) {
        result = part.apply(result, random);
      }
      return result;
    };
  }
}
