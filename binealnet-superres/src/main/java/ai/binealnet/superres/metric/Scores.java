package ai.binealnet.superres.metric;

import ai.binealnet.core.data.Image;
import java.util.List;

/**
 * How near a picture is to its original.
 *
 * @param psnr in dB, see {@link Psnr}
 * @param ssim see {@link Ssim}
 */
public record Scores(double psnr, double ssim) {
  /** Compares the luma of two pictures of one size, with a border left out. */
  public static Scores of(Image picture, Image original, int border) {
    Luma a = Luma.of(picture, border);
    Luma b = Luma.of(original, border);
    return new Scores(Psnr.of(a, b), Ssim.of(a, b));
  }

  /** The means over pictures, as the field takes them; NaN for none. */
  public static Scores mean(List<Scores> scores) {
    return new Scores(
        scores.stream().mapToDouble(Scores::psnr).average().orElse(Double.NaN),
        scores.stream().mapToDouble(Scores::ssim).average().orElse(Double.NaN));
  }
}
