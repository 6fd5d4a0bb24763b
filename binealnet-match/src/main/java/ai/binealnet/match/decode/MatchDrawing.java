package ai.binealnet.match.decode;

import ai.binealnet.core.data.Image;
import ai.binealnet.match.geometry.Homography;
import ai.binealnet.match.geometry.Mats;
import ai.binealnet.match.geometry.Point;
import ai.binealnet.match.geometry.Warp;
import java.util.function.IntPredicate;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.imgproc.Imgproc;

/** Pictures that show what was matched. */
public final class MatchDrawing {
  private static final Scalar RIGHT = new Scalar(46, 200, 67);
  private static final Scalar WRONG = new Scalar(230, 60, 70);
  private static final Scalar POINT = new Scalar(255, 200, 0);

  /** More lines than this hide the pictures. */
  private static final int MOST_LINES = 200;

  private MatchDrawing() {}

  /** Both pictures side by side; green lines fit the homography, red ones do not. */
  public static Image lines(Image first, Image second, Matches matches) {
    return lines(first, second, matches, matches::isInlier);
  }

  /**
   * Both pictures side by side with lines between matched key points, at most 200 of them.
   *
   * @param isRight whether the pair of that number is drawn green; red otherwise
   */
  public static Image lines(Image first, Image second, Matches matches, IntPredicate isRight) {
    Mat canvas = sideBySide(first, second);
    try {
      matches.first().points().forEach(point -> mark(canvas, point.place(), 0));
      matches.second().points().forEach(point -> mark(canvas, point.place(), first.width()));
      int count = matches.pairs().size();
      int step = Math.max(1, (count + MOST_LINES - 1) / MOST_LINES);
      for (int i = 0; i < count; i += step) {
        Correspondence pair = matches.pairs().get(i);
        Imgproc.line(
            canvas,
            place(matches.from(pair), 0),
            place(matches.to(pair), first.width()),
            isRight.test(i) ? RIGHT : WRONG,
            1,
            Imgproc.LINE_AA,
            0);
      }
      return Mats.image(canvas);
    } finally {
      canvas.release();
    }
  }

  /** The first picture laid over the second by the homography, half transparent. */
  public static Image overlay(Image first, Image second, Homography homography) {
    Mat below = colored(second);
    Mat above = colored(Warp.black(first, homography, second.height(), second.width()));
    Mat blend = new Mat();
    try {
      Core.addWeighted(above, 0.5, below, 0.5, 0, blend);
      return Mats.image(blend);
    } finally {
      below.release();
      above.release();
      blend.release();
    }
  }

  private static Mat sideBySide(Image first, Image second) {
    int height = Math.max(first.height(), second.height());
    int width = first.width() + second.width();
    Mat canvas = new Mat(height, width, CvType.CV_8UC3, new Scalar(255, 255, 255));
    paste(first, canvas, 0);
    paste(second, canvas, first.width());
    return canvas;
  }

  private static void paste(Image image, Mat canvas, int left) {
    Mat picture = colored(image);
    Mat part = canvas.submat(new Rect(left, 0, image.width(), image.height()));
    picture.copyTo(part);
    part.release();
    picture.release();
  }

  private static Mat colored(Image image) {
    Mat mat = Mats.of(image);
    if (image.channels() == 1) {
      Imgproc.cvtColor(mat, mat, Imgproc.COLOR_GRAY2RGB);
    }
    return mat;
  }

  private static void mark(Mat canvas, Point point, int left) {
    Imgproc.circle(canvas, place(point, left), 1, POINT, 1, Imgproc.LINE_AA, 0);
  }

  private static org.opencv.core.Point place(Point point, int left) {
    return new org.opencv.core.Point(point.x() + left, point.y());
  }
}
