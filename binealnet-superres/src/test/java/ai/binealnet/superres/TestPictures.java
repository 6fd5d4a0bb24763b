package ai.binealnet.superres;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Pictures for tests. */
public final class TestPictures {
  /** The samples of the repository: bird, butterfly, woman. */
  public static final Path SET5 = Path.of("..", "samples", "super-resolution", "set5");

  private TestPictures() {}

  /** Random pixels. */
  public static Image noise(int height, int width, int channels, long seed) {
    byte[] pixels = new byte[height * width * channels];
    new SplittableRandom(seed).nextBytes(pixels);
    return new Image(height, width, channels, pixels);
  }

  /** A sample by its name. */
  public static Image sample(String name) {
    return ImageFiles.read(SET5.resolve("HR").resolve(name + ".png"));
  }
}
