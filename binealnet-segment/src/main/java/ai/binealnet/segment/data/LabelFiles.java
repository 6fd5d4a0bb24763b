package ai.binealnet.segment.data;

import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.segment.decode.LabelMap;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads label PNG. Values are taken as they are stored: grey levels, or the indices of a palette,
 * which OpenCV would replace by their colours.
 */
final class LabelFiles {
  private static final int COLORS = 3;

  private LabelFiles() {}

  /**
   * Reads a label picture.
   *
   * @throws UserError if it cannot be read, is of another kind than the table is for, or holds a
   *     value that is no class; names the file
   */
  static LabelMap read(Path file, ClassTable table) {
    BufferedImage image = decode(file);
    requireBytes(file, image.getRaster());
    int[] keys = table.isColors() ? colors(image) : values(file, image);
    int width = image.getWidth();
    byte[] labels = new byte[keys.length];
    for (int i = 0; i < keys.length; i++) {
      int label = table.label(keys[i]);
      if (label < 0) {
        throw unknown(file, table, keys[i], i / width, i % width);
      }
      labels[i] = (byte) label;
    }
    return new LabelMap(image.getHeight(), width, labels);
  }

  private static BufferedImage decode(Path file) {
    byte[] content = ImageFiles.bytes(file);
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    try {
      // without metadata: texts and profiles can be compressed a thousandfold
      reader.setInput(
          new MemoryCacheImageInputStream(new ByteArrayInputStream(content)), true, true);
      return reader.read(0);
    } catch (IOException | RuntimeException e) { // damaged files end in either
      throw new UserError(
          "cannot read labels " + file,
          "a complete PNG file",
          e.getMessage() == null ? e.toString() : e.getMessage(),
          "copy the file again, or remove it with its picture",
          e);
    } finally {
      reader.dispose();
    }
  }

  private static void requireBytes(Path file, Raster raster) {
    if (raster.getDataBuffer().getDataType() != DataBuffer.TYPE_BYTE) {
      throw new UserError(
          "cannot use labels " + file,
          "values of at most 8 bits",
          raster.getSampleModel().getSampleSize(0) + " bits",
          "convert the labels to 8 bits without scaling their values");
    }
  }

  private static int[] values(Path file, BufferedImage image) {
    Raster raster = image.getRaster();
    if (raster.getNumBands() != 1) {
      throw new UserError(
          "cannot use labels " + file,
          "one value for each pixel (8-bit grey or palette)",
          raster.getNumBands() + " channels",
          "for labels that are colours, write " + ClassTable.COLORS + " into the data folder");
    }
    return raster.getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
  }

  /** Red, green and blue as they are stored; transparency is left out. */
  private static int[] colors(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] colors = new int[width * height];
    if (image.getColorModel() instanceof IndexColorModel) {
      image.getRGB(0, 0, width, height, colors, 0, width);
      for (int i = 0; i < colors.length; i++) {
        colors[i] &= 0xffffff;
      }
      return colors;
    }
    int bands = image.getRaster().getNumBands();
    int step = bands < COLORS ? 0 : 1; // grey is three equal channels
    int[] samples = new int[width * bands];
    for (int y = 0; y < height; y++) {
      image.getRaster().getPixels(0, y, width, 1, samples);
      for (int x = 0, s = 0; x < width; x++, s += bands) {
        colors[y * width + x] = samples[s] << 16 | samples[s + step] << 8 | samples[s + 2 * step];
      }
    }
    return colors;
  }

  private static UserError unknown(Path file, ClassTable table, int key, int y, int x) {
    String actual =
        table.isColors()
            ? "the colour %d %d %d".formatted(key >> 16, key >> 8 & 0xff, key & 0xff)
            : "the value " + key;
    return new UserError(
        "label outside the classes in " + file,
        "what a line of %s names".formatted(table.file()),
        "%s at row %d, column %d".formatted(actual, y, x),
        "correct the labels, or add a line that ends in (ignore) for pixels that do not count");
  }
}
