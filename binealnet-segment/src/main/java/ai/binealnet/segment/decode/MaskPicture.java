package ai.binealnet.segment.decode;

import ai.binealnet.core.data.Canvas;
import ai.binealnet.core.data.Image;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Label maps as colours over their pictures, with a legend of the classes. */
public final class MaskPicture {
  /** Weight of the colour over the picture. */
  private static final double OPACITY = 0.6;

  private static final int SMALLEST_FONT = 12;

  /** A legend's line is this part of the picture's height. */
  private static final int LINES = 30;

  private static final int CHANNELS = 3;

  private MaskPicture() {}

  /**
   * A prediction over its picture, with a legend of the classes that occur and their shares.
   *
   * @param picture of the size of the label map
   */
  public static Image draw(Image picture, Segmentation segmentation) {
    List<Entry> legend =
        segmentation.parts().stream()
            .map(
                part ->
                    new Entry(
                        part.label(),
                        String.format(Locale.ROOT, "%s %.1f %%", part.name(), 100 * part.share())))
            .toList();
    return withLegend(List.of(blend(picture, segmentation.labels())), legend);
  }

  /** The picture, the truth over it and the prediction over it, side by side with a legend. */
  public static Image compare(Image picture, LabelMap truth, Segmentation predicted) {
    long[] pixels = truth.pixels(predicted.classes().size());
    long[] others = predicted.labels().pixels(pixels.length);
    List<Entry> legend =
        IntStream.range(0, pixels.length)
            .filter(c -> pixels[c] + others[c] > 0)
            .mapToObj(c -> new Entry(c, predicted.classes().get(c)))
            .toList();
    return withLegend(
        List.of(picture, blend(picture, truth), blend(picture, predicted.labels())), legend);
  }

  /**
   * The picture with the colour of each pixel's class over it; void pixels stay as they are.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  public static Image blend(Image picture, LabelMap labels) {
    if (picture.height() != labels.height() || picture.width() != labels.width()) {
      throw new IllegalArgumentException(picture + " and " + labels + " differ in size");
    }
    byte[] from = picture.pixels();
    byte[] to = new byte[labels.labels().length * CHANNELS];
    int channels = picture.channels();
    int[][] colors = colors();
    for (int i = 0; i < labels.labels().length; i++) {
      int[] color = colors[labels.labels()[i] & 0xff];
      for (int c = 0; c < CHANNELS; c++) {
        int p = from[i * channels + Math.min(c, channels - 1)] & 0xff;
        to[i * CHANNELS + c] =
            (byte) (color == null ? p : Math.round(p + OPACITY * (color[c] - p)));
      }
    }
    return new Image(picture.height(), picture.width(), CHANNELS, to);
  }

  /** By label; null for void. */
  private static int[][] colors() {
    int[][] colors = new int[LabelMap.VOID + 1][];
    for (int label = 0; label < LabelMap.VOID; label++) {
      Color color = Palette.of(label);
      colors[label] = new int[] {color.getRed(), color.getGreen(), color.getBlue()};
    }
    return colors;
  }

  /** A line of a legend. */
  private record Entry(int label, String text) {}

  private static Image withLegend(List<Image> panels, List<Entry> legend) {
    int side = panels.get(0).height();
    int line = Math.max(SMALLEST_FONT + 6, side / LINES);
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, line - 6);
    int left = panels.stream().mapToInt(Image::width).sum();
    BufferedImage canvas =
        new BufferedImage(
            left + legendWidth(legend, font, line),
            Math.max(side, line * legend.size() + line / 2),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = Canvas.graphics(canvas);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
    int x = 0;
    for (Image panel : panels) {
      graphics.drawImage(Canvas.of(panel), x, 0, null);
      x += panel.width();
    }
    graphics.setFont(font);
    for (int i = 0; i < legend.size(); i++) {
      draw(graphics, legend.get(i), left + line / 2, line / 4 + i * line, line);
    }
    graphics.dispose();
    return Canvas.image(canvas);
  }

  private static void draw(Graphics2D graphics, Entry entry, int x, int y, int line) {
    int box = line - 4;
    graphics.setColor(Palette.of(entry.label()));
    graphics.fillRect(x, y + 2, box, box);
    graphics.setColor(Color.BLACK);
    FontMetrics font = graphics.getFontMetrics();
    graphics.drawString(entry.text(), x + line, y + (line + font.getAscent()) / 2 - 1);
  }

  private static int legendWidth(List<Entry> legend, Font font, int line) {
    BufferedImage scratch = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = Canvas.graphics(scratch);
    FontMetrics metrics = graphics.getFontMetrics(font);
    int text = legend.stream().mapToInt(entry -> metrics.stringWidth(entry.text())).max().orElse(0);
    graphics.dispose();
    return text + 2 * line;
  }
}
