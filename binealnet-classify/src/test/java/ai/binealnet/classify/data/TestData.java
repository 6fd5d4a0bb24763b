package ai.binealnet.classify.data;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Small data sets made up for tests. */
final class TestData {
  static final Path SAMPLES = Path.of("..", "samples", "cifar10");

  private TestData() {}

  /** CIFAR records with random pixels. */
  static byte[] records(long seed, int... labels) {
    byte[] bytes = new byte[labels.length * 3073];
    new SplittableRandom(seed).nextBytes(bytes);
    for (int i = 0; i < labels.length; i++) {
      bytes[i * 3073] = (byte) labels[i];
    }
    return bytes;
  }

  /** Two training files and a test file, classes a, b and c. */
  static Path cifar(Path dir) throws IOException {
    Files.createDirectories(dir);
    Files.writeString(dir.resolve("batches.meta.txt"), "a\nb\nc\n\n");
    Files.write(dir.resolve("data_batch_1.bin"), records(1, 0, 1, 2, 0));
    Files.write(dir.resolve("data_batch_2.bin"), records(2, 1, 2));
    Files.write(dir.resolve("test_batch.bin"), records(3, 2, 1, 0));
    return dir;
  }

  static Path picture(Path file, int height, int width, long seed) throws IOException {
    byte[] pixels = new byte[3 * height * width];
    new SplittableRandom(seed).nextBytes(pixels);
    Files.createDirectories(file.getParent());
    ImageFiles.writePng(new Image(height, width, 3, pixels), file);
    return file;
  }

  /** Train and test folders; classes cat (3 + 1 pictures) and dog (2 + 1). */
  static Path folder(Path dir) throws IOException {
    picture(dir.resolve("train/cat/a.png"), 20, 30, 1);
    picture(dir.resolve("train/cat/b.png"), 20, 30, 2);
    picture(dir.resolve("train/cat/c.png"), 40, 30, 3);
    picture(dir.resolve("train/dog/a.PNG"), 20, 30, 4);
    picture(dir.resolve("train/dog/b.png"), 20, 30, 5);
    picture(dir.resolve("test/cat/t.png"), 50, 60, 6);
    picture(dir.resolve("test/dog/t.png"), 50, 60, 7);
    Files.writeString(dir.resolve("train/cat/.DS_Store"), "hidden");
    return dir;
  }
}
