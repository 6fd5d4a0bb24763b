package ai.binealnet.cli;

import ai.binealnet.core.data.ImageFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

/** Picture files, and good ones for others to use. */
final class HostilePictures extends HostileGroup {
  static final int HEIGHT = 16;
  static final int WIDTH = 24;

  HostilePictures(Path root) throws IOException {
    super(root);
    pictures();
  }

  /** Some colours, as a file of a format. */
  static byte[] picture(String extension) {
    ImageFiles.openCvVersion(); // loads the library
    byte[] pixels = new byte[HEIGHT * WIDTH * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * i / 50);
    }
    Mat mat = new Mat(HEIGHT, WIDTH, CvType.CV_8UC3);
    mat.put(0, 0, pixels);
    MatOfByte encoded = new MatOfByte();
    Imgcodecs.imencode(extension, mat, encoded);
    return encoded.toArray();
  }

  private void pictures() throws IOException {
    List<String> kinds = List.of(".png", ".jpg", ".bmp", ".tiff", ".webp", ".ppm");
    for (String kind : kinds) {
      Path file = write("pictures/a" + kind, picture(kind));
      List<byte[]> seeds = List.of(picture(kind), picture(kind), picture(".png"));
      add(
          new HostileReader(
                  "picture " + kind.substring(1),
                  file,
                  seeds,
                  List.of("IDAT", "IHDR", "acTL", "RIFF", "P6 9999 9999 255\n"),
                  () -> ImageFiles.readGreyOrColor(file))
              .repairing(HostilePictures::withChecksums)
              .costing(1, 16 + 6 * ImageFiles.MAX_MEGAPIXELS));
    }
  }

  /** Corrects the checksums of a PNG as far as its chunks can be followed. */
  static byte[] withChecksums(byte[] file) {
    byte[] repaired = file.clone();
    ByteBuffer bytes = ByteBuffer.wrap(repaired);
    for (int at = 8; at + 12 <= repaired.length; ) {
      long length = Integer.toUnsignedLong(bytes.getInt(at));
      if (at + 12 + length > repaired.length) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(repaired, at + 4, 4 + (int) length);
      bytes.putInt(at + 8 + (int) length, (int) crc.getValue());
      at += 12 + (int) length;
    }
    return repaired;
  }

  /** Black, in one channel. */
  static byte[] grey() {
    Mat mat = new Mat(HEIGHT, WIDTH, CvType.CV_8UC1);
    mat.put(0, 0, new byte[HEIGHT * WIDTH]);
    MatOfByte encoded = new MatOfByte();
    Imgcodecs.imencode(".png", mat, encoded);
    return encoded.toArray();
  }
}
