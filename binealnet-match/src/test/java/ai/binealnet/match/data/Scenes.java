package ai.binealnet.match.data;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Made-up pictures that can be matched: random rectangles over one another, a little blurred. */
public final class Scenes {
  private Scenes() {}

  /** A picture, the same for the same seed. */
  public static Image scene(int height, int width, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] pixels = new byte[height * width * 3];
    for (int k = 0; k < 120; k++) {
      int h = 3 + random.nextInt(Math.max(4, height / 4));
      int w = 3 + random.nextInt(Math.max(4, width / 4));
      int top = random.nextInt(height);
      int left = random.nextInt(width);
      byte[] color = {(byte) random.nextInt(), (byte) random.nextInt(), (byte) random.nextInt()};
      for (int y = top; y < Math.min(height, top + h); y++) {
        for (int x = left; x < Math.min(width, left + w); x++) {
          System.arraycopy(color, 0, pixels, (y * width + x) * 3, 3);
        }
      }
    }
    return new Image(height, width, 3, pixels);
  }

  /** A picture of one value. */
  public static Image flat(int height, int width) {
    byte[] pixels = new byte[height * width * 3];
    java.util.Arrays.fill(pixels, (byte) 90);
    return new Image(height, width, 3, pixels);
  }

  /** A folder of pictures {@code train/scene00.png} …, and a sequence in Oxford's layout. */
  public static Path folder(Path root, int pictures, int side) {
    try {
      Files.createDirectories(root.resolve("train"));
      for (int i = 0; i < pictures; i++) {
        ImageFiles.writePng(
            scene(side, side + 16, i), root.resolve("train/scene%02d.png".formatted(i)));
      }
      return root;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
