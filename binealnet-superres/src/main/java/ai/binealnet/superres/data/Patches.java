package ai.binealnet.superres.data;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/**
 * Cuts a random patch out of a pair and lays it one of eight ways.
 *
 * @param height rows of the patch of the small picture
 * @param width columns of it
 * @param dihedral whether to mirror and turn
 */
public record Patches(int height, int width, boolean dihedral)
    implements BiFunction<Pair, RandomGenerator, Pair> {
  /** Checks the size: a quarter turn needs squares. */
  public Patches {
    if (height < 1 || width < 1 || dihedral && height != width) {
      throw new IllegalArgumentException(
          "patches that are turned must be square, got " + height + "x" + width);
    }
  }

  /** A patch of a pair that is at least as large. */
  @Override
  public Pair apply(Pair pair, RandomGenerator random) {
    Image low = pair.low();
    int scale = pair.scale();
    int top = random.nextInt(low.height() - height + 1);
    int left = random.nextInt(low.width() - width + 1);
    Dihedral turn = Dihedral.of(dihedral ? random.nextInt(Dihedral.COUNT) : 0);
    return new Pair(
        turn.apply(ImageFiles.crop(low, top, left, height, width)),
        turn.apply(
            ImageFiles.crop(
                pair.high(), top * scale, left * scale, height * scale, width * scale)));
  }
}
