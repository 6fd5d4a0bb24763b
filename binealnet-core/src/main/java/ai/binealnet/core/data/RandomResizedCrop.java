package ai.binealnet.core.data;

import java.util.random.RandomGenerator;

/**
 * Cuts out a rectangle of random area and proportions and scales it to the network's size, the
 * usual ImageNet training crop (Szegedy et al., <i>Going Deeper with Convolutions</i>, 2015). After
 * ten rectangles that do not fit the picture, the middle is taken.
 *
 * @param height rows of the result
 * @param width columns of the result
 * @param minArea smallest area of the rectangle as a fraction of the picture's, in (0, maxArea]
 * @param maxArea largest area, at most 1
 * @param maxAspect the rectangle's width / height lies in 1/maxAspect .. maxAspect, log-uniform; at
 *     least 1
 */
public record RandomResizedCrop(
    int height, int width, double minArea, double maxArea, double maxAspect)
    implements Augmentation {
  private static final int ATTEMPTS = 10;

  /** Checks the ranges. */
  public RandomResizedCrop {
    if (height < 1
        || width < 1
        || !(minArea > 0 && minArea <= maxArea && maxArea <= 1)
        || !(maxAspect >= 1)) {
      throw new IllegalArgumentException(
          "needs height and width >= 1, 0 < minArea <= maxArea <= 1 and maxAspect >= 1, got "
              + height
              + ", "
              + width
              + ", "
              + minArea
              + ", "
              + maxArea
              + ", "
              + maxAspect);
    }
  }

  /** Area 0.08 to 1 and proportions 3:4 to 4:3, the values of the paper. */
  public static RandomResizedCrop usual(int height, int width) {
    return new RandomResizedCrop(height, width, 0.08, 1, 4.0 / 3);
  }

  @Override
  public Image apply(Image image, RandomGenerator random) {
    double logAspect = StrictMath.log(maxAspect);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double part = minArea + (maxArea - minArea) * random.nextDouble();
      double area = part * image.height() * image.width();
      double aspect = StrictMath.exp(logAspect * (2 * random.nextDouble() - 1));
      int cropWidth = (int) Math.round(Math.sqrt(area * aspect));
      int cropHeight = (int) Math.round(Math.sqrt(area / aspect));
      if (cropWidth >= 1
          && cropHeight >= 1
          && cropWidth <= image.width()
          && cropHeight <= image.height()) {
        int top = random.nextInt(image.height() - cropHeight + 1);
        int left = random.nextInt(image.width() - cropWidth + 1);
        Image cut = ImageFiles.crop(image, top, left, cropHeight, cropWidth);
        return ImageFiles.resize(cut, height, width);
      }
    }
    return ImageFiles.fit(image, height, width);
  }
}
