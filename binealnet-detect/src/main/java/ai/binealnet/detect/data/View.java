package ai.binealnet.detect.data;

import ai.binealnet.core.data.HorizontalFlip;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.data.Letterbox;
import ai.binealnet.detect.decode.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How a picture and its boxes come into a network's input: a part of it, scaled, somewhere on grey,
 * perhaps mirrored.
 *
 * @param rows vertical axis
 * @param columns horizontal axis
 * @param height rows of the input
 * @param width columns of the input
 * @param mirrored whether left and right change places
 * @param turned whether top and bottom change places
 */
record View(Span rows, Span columns, int height, int width, boolean mirrored, boolean turned) {
  /** Of a box, at least this part of the area must be left for the object to be learnt. */
  private static final double LEAST_VISIBLE = 0.25;

  /** The whole picture in the middle, as in evaluation. */
  static View of(Letterbox box) {
    return new View(
        Span.whole(box.sourceHeight(), box.top(), box.innerHeight()),
        Span.whole(box.sourceWidth(), box.left(), box.innerWidth()),
        box.height(),
        box.width(),
        false,
        false);
  }

  /** A view at random; scales are log-uniform. */
  static View random(
      Image image, int height, int width, DetectAugment augment, RandomGenerator random) {
    double fit = Math.min((double) height / image.height(), (double) width / image.width());
    double low = StrictMath.log(augment.minScale());
    double high = StrictMath.log(augment.maxScale());
    double scale = fit * StrictMath.exp(low + (high - low) * random.nextDouble());
    Span rows = Span.random(image.height(), height, scale, random);
    Span columns = Span.random(image.width(), width, scale, random);
    boolean mirrored = random.nextBoolean() && augment.flip();
    boolean turned = random.nextBoolean() && augment.verticalFlip();
    return new View(rows, columns, height, width, mirrored, turned);
  }

  DetectionSample apply(DetectionSample sample) {
    List<LabeledBox> boxes = new ArrayList<>();
    for (LabeledBox box : sample.boxes()) {
      Box mapped = map(box.box());
      Box visible = mapped.clip(height, width);
      double least = box.crowd() ? 0 : LEAST_VISIBLE * mapped.area();
      if (visible.area() > 0 && visible.area() >= least) {
        boxes.add(box.at(visible));
      }
    }
    return new DetectionSample(sample.name(), apply(sample.image()), boxes);
  }

  private Image apply(Image image) {
    Image part =
        ImageFiles.crop(image, rows.from(), columns.from(), rows.length(), columns.length());
    Image scaled = ImageFiles.resize(part, rows.cells(), columns.cells());
    Image input = Letterbox.place(scaled, rows.at(), columns.at(), height, width);
    Image upright = turned ? turn(input) : input;
    return mirrored ? HorizontalFlip.mirror(upright) : upright;
  }

  private static Image turn(Image image) {
    byte[] from = image.pixels();
    byte[] to = new byte[from.length];
    int row = image.width() * image.channels();
    for (int i = 0; i < from.length; i += row) {
      System.arraycopy(from, i, to, from.length - row - i, row);
    }
    return new Image(image.height(), image.width(), image.channels(), to);
  }

  private Box map(Box box) {
    double x1 = columns.map(box.x1());
    double x2 = columns.map(box.x2());
    double y1 = rows.map(box.y1());
    double y2 = rows.map(box.y2());
    return new Box(
        mirrored ? width - x2 : x1,
        turned ? height - y2 : y1,
        mirrored ? width - x1 : x2,
        turned ? height - y1 : y2);
  }
}
