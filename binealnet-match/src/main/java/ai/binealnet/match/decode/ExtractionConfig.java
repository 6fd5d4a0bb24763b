package ai.binealnet.match.decode;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import java.util.ArrayList;
import java.util.List;

/**
 * How key points are taken from a picture.
 *
 * @param keyPoints at most so many, the best
 * @param radius a key point has the best score among pixels up to so far away, at least 1
 * @param minScore smallest score, in [0, 1]
 * @param smoothing deviation of the Gaussian that scores and descriptors are averaged under, in
 *     pixels of a level; 0 takes them as the network puts them out
 * @param levels sizes at which the picture is seen, at least 1; the first is its own
 * @param factor between the sizes of two levels, greater than 1
 * @param minSide no further level has a side shorter than this
 * @param maxSide larger pictures are reduced to this before anything else
 * @param turns angles, evenly spread over the circle, by which the second of two pictures is tried
 *     to be turned, 1 to 36, before both are brought to one scale; 1 leaves them as they are
 */
public record ExtractionConfig(
    int keyPoints,
    int radius,
    double minScore,
    double smoothing,
    int levels,
    double factor,
    int minSide,
    int maxSide,
    int turns) {
  private static final int MOST_TURNS = 36;
  private static final double MOST_SMOOTHING = 16;

  /** Checks the ranges. */
  public ExtractionConfig {
    if (keyPoints < 1
        || radius < 1
        || !(minScore >= 0 && minScore <= 1)
        || !(smoothing >= 0 && smoothing <= MOST_SMOOTHING)
        || levels < 1
        || !(factor > 1)
        || minSide < 1
        || maxSide < minSide
        || turns < 1
        || turns > MOST_TURNS) {
      throw new IllegalArgumentException(
          "need keyPoints, radius, levels, minSide >= 1, minScore in [0, 1], smoothing in [0, %s],"
              + " factor > 1, maxSide >= minSide and turns in [1, %d], got %d, %d, %d, %d, %s, %s,"
              + " %s, %d and %d"
                  .formatted(
                      MOST_SMOOTHING,
                      MOST_TURNS,
                      keyPoints,
                      radius,
                      levels,
                      minSide,
                      minScore,
                      smoothing,
                      factor,
                      maxSide,
                      turns));
    }
  }

  /**
   * 2,000 key points from up to 8 levels, four to an octave as R2D2 has them. The outputs of binary
   * and of 8-bit networks jump from pixel to pixel: smoothed, a peak is found again more closely
   * (docs/benchmarks.md).
   */
  public static ExtractionConfig defaults() {
    return new ExtractionConfig(2000, 3, 0, 1.4, 8, Math.pow(2, 0.25), 128, 1600, 1);
  }

  /** The same at the picture's own size only, and as it stands. */
  public ExtractionConfig singleLevel() {
    return new ExtractionConfig(
        keyPoints, radius, minScore, smoothing, 1, factor, minSide, maxSide, 1);
  }

  /** The same for another number of key points. */
  public ExtractionConfig withKeyPoints(int count) {
    return new ExtractionConfig(
        count, radius, minScore, smoothing, levels, factor, minSide, maxSide, turns);
  }

  /** The same with another number of turns. */
  public ExtractionConfig withTurns(int count) {
    return new ExtractionConfig(
        keyPoints, radius, minScore, smoothing, levels, factor, minSide, maxSide, count);
  }

  /** The same for a small copy of the picture. */
  ExtractionConfig small(int side, int smallestSide, int count) {
    int most = Math.min(side, maxSide);
    int fewest = Math.min(smallestSide, most);
    return new ExtractionConfig(
        count, radius, minScore, smoothing, levels, factor, fewest, most, 1);
  }

  /** The picture at its sizes, largest first; at least one. */
  public List<Image> pyramid(Image picture) {
    double start = Math.min(1, (double) maxSide / Math.max(picture.height(), picture.width()));
    List<Image> pyramid = new ArrayList<>();
    for (int level = 0; level < levels; level++) {
      double scale = start / Math.pow(factor, level);
      int height = Math.max(1, (int) Math.round(picture.height() * scale));
      int width = Math.max(1, (int) Math.round(picture.width() * scale));
      if (level > 0 && Math.min(height, width) < minSide) {
        break;
      }
      pyramid.add(ImageFiles.resize(picture, height, width));
    }
    return pyramid;
  }
}
