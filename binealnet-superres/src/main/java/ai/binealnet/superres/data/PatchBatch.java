package ai.binealnet.superres.data;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageSpec;
import java.util.List;
import java.util.function.Function;

/**
 * Patches of one size for a training step.
 *
 * @param count N
 * @param spec size of the small patches and how they are normalised
 * @param scale factor to the large ones
 * @param low small patches, normalised, [N,H,W,3]
 * @param high large patches in units of pixel values, [N,scale H,scale W,3]
 */
public record PatchBatch(int count, ImageSpec spec, int scale, float[] low, float[] high) {
  private static final int COLORS = 3;

  /** Makes batches of pairs whose small pictures have the size of {@code spec}. */
  public static Function<List<Pair>, PatchBatch> collate(ImageSpec spec) {
    return pairs -> of(pairs, spec);
  }

  private static PatchBatch of(List<Pair> pairs, ImageSpec spec) {
    int scale = pairs.get(0).scale();
    int large = spec.elements() * scale * scale;
    float[] low = new float[pairs.size() * spec.elements()];
    float[] high = new float[pairs.size() * large];
    for (int n = 0; n < pairs.size(); n++) {
      spec.normalize(pairs.get(n).low(), low, n * spec.elements());
      values(pairs.get(n).high(), high, n * large);
    }
    return new PatchBatch(pairs.size(), spec, scale, low, high);
  }

  /** Pixel values; grey fills all colours. */
  private static void values(Image image, float[] out, int offset) {
    int channels = image.channels();
    byte[] pixels = image.pixels();
    for (int i = 0; i < pixels.length / channels; i++) {
      for (int c = 0; c < COLORS; c++) {
        out[offset + i * COLORS + c] = pixels[i * channels + (channels == 1 ? 0 : c)] & 0xff;
      }
    }
  }
}
