package ai.binealnet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Data that can be made again for ever: noise as the CIFAR-10 binary version. */
final class GoldenData {
  private static final int RECORD = 3073;
  private static final int CLASSES = 10;

  private GoldenData() {}

  static Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(1);
    Files.write(folder.resolve("data_batch_1.bin"), records(random, 60));
    Files.write(folder.resolve("test_batch.bin"), records(random, 20));
    Files.writeString(folder.resolve("batches.meta.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n");
    return folder;
  }

  private static byte[] records(Random random, int count) {
    byte[] records = new byte[count * RECORD];
    random.nextBytes(records);
    for (int i = 0; i < count; i++) {
      records[i * RECORD] = (byte) (i % CLASSES);
    }
    return records;
  }
}
