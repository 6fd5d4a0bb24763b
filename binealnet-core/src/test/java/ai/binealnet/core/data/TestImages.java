package ai.binealnet.core.data;

import java.util.SplittableRandom;

/** Pictures made up for tests. */
final class TestImages {
  private TestImages() {}

  static Image random(int height, int width, int channels, long seed) {
    byte[] pixels = new byte[height * width * channels];
    new SplittableRandom(seed).nextBytes(pixels);
    return new Image(height, width, channels, pixels);
  }

  /** Grey, from values row by row. */
  static Image grey(int height, int width, int... values) {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) values[i];
    }
    return new Image(height, width, 1, pixels);
  }
}
