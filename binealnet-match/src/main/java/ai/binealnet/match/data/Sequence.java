package ai.binealnet.match.data;

import ai.binealnet.core.data.Image;
import ai.binealnet.match.geometry.Homography;
import java.util.List;
import java.util.function.Supplier;

/**
 * Pictures of one plane or from one place, with the truth about them.
 *
 * @param name of the sequence
 * @param pictures at least 2, read when asked for
 * @param maps from the first picture to each of the others: one fewer
 */
public record Sequence(String name, List<Supplier<Image>> pictures, List<Homography> maps) {
  /** Checks the numbers. */
  public Sequence {
    pictures = List.copyOf(pictures);
    maps = List.copyOf(maps);
    if (maps.isEmpty() || pictures.size() != maps.size() + 1) {
      throw new IllegalArgumentException(
          name + " has " + pictures.size() + " pictures and " + maps.size() + " homographies");
    }
  }

  /** A pair as the shortest sequence. */
  public static Sequence of(String name, ImagePair pair) {
    return new Sequence(name, List.of(pair::first, pair::second), List.of(pair.map()));
  }
}
