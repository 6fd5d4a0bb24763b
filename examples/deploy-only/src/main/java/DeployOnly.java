import ai.binealnet.deploy.runtime.Predictor;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** Runs a classifier's file with three jars and the JDK: {@code MODEL PICTURE}. */
public final class DeployOnly {
  public static void main(String[] args) throws IOException {
    try (var model = Predictor.open(Path.of(args[0]), 1)) { // one thread
      var pixels = pixels(ImageIO.read(new File(args[1])), model.height(), model.width());
      var logits = model.run(pixels, 1).get(model.outputs().get(0)).values();
      // a JSON array of names without quotes in them
      var names = Pattern.compile("\"([^\"]+)\"").matcher(model.metadata().get("classes"));
      var classes = names.results().map(name -> name.group(1)).toList();
      int best = 0;
      for (int k = 0; k < logits.length; k++) {
        System.out.printf("%-10s %7.3f%n", classes.get(k), logits[k]);
        best = logits[k] > logits[best] ? k : best;
      }
      System.out.println("most likely: " + classes.get(best));
    }
  }

  /** The middle square of a picture as the model takes it: uint8 [H,W,3], RGB. */
  private static byte[] pixels(BufferedImage picture, int height, int width) {
    int side = Math.min(picture.getHeight(), picture.getWidth());
    int x = (picture.getWidth() - side) / 2;
    int y = (picture.getHeight() - side) / 2;
    var small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var graphics = small.createGraphics();
    var square = picture.getSubimage(x, y, side, side);
    Image scaled = square.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING);
    graphics.drawImage(scaled, 0, 0, null);
    graphics.dispose();
    int[] rgb = small.getRGB(0, 0, width, height, null, 0, width);
    byte[] pixels = new byte[3 * rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      pixels[3 * i] = (byte) (rgb[i] >> 16);
      pixels[3 * i + 1] = (byte) (rgb[i] >> 8);
      pixels[3 * i + 2] = (byte) rgb[i];
    }
    return pixels;
  }
}
