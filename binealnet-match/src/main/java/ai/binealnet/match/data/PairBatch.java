package ai.binealnet.match.data;

import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.match.geometry.Homography;
import java.util.List;

/**
 * Pairs ready for a network.
 *
 * @param spec how the pixels were normalised; gives height, width and channels
 * @param pixels [2N,H,W,C], normalised: the first picture of every pair, then the second ones
 * @param maps N maps from the first to the second picture, in pixels
 */
public record PairBatch(ImageSpec spec, float[] pixels, List<Homography> maps) {
  /** Checks that the parts fit. */
  public PairBatch {
    maps = List.copyOf(maps);
    if (maps.isEmpty() || pixels.length != 2L * maps.size() * spec.elements()) {
      throw new IllegalArgumentException(
          "%d pairs of %s do not have %d values".formatted(maps.size(), spec, pixels.length));
    }
  }

  /** Number of pairs. */
  public int count() {
    return maps.size();
  }

  /** Pairs, whose pictures have the spec's size, as a batch. */
  public static PairBatch of(List<ImagePair> pairs, ImageSpec spec) {
    int count = pairs.size();
    float[] pixels = new float[Math.multiplyExact(2 * count, spec.elements())];
    for (int n = 0; n < count; n++) {
      spec.normalize(pairs.get(n).first(), pixels, n * spec.elements());
      spec.normalize(pairs.get(n).second(), pixels, (count + n) * spec.elements());
    }
    return new PairBatch(spec, pixels, pairs.stream().map(ImagePair::map).toList());
  }
}
