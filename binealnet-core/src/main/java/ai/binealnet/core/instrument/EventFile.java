package ai.binealnet.core.instrument;

import ai.binealnet.core.graph.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * An event file that TensorBoard reads, one for each start of a training, in the run folder. Its
 * frames are TFRecords (tensorflow/core/lib/io/record_writer.h), all integers little-endian:
 *
 * <pre>
 * uint64 length | uint32 masked CRC of length | byte data[length] | uint32 masked CRC of data
 * masked CRC = rotateRight(CRC32C, 15) + 0xa282ead8
 * </pre>
 *
 * The file grows at its end, as TensorBoard expects of a file that it follows; a record that a kill
 * cut short is one that readers wait for and never miss.
 */
final class EventFile {
  private static final int MASK = 0xa282ead8;
  private static final int ROTATION = 15;
  private static final double MILLI = 1e-3;

  private final Path folder;
  private final Clock clock;
  private final int firstStep;
  private Path file;

  /**
   * A file that comes into being with its first values.
   *
   * @param firstStep first step of this session; readers drop what earlier files say from there on
   */
  EventFile(Path folder, Clock clock, int firstStep) {
    this.folder = folder;
    this.clock = clock;
    this.firstStep = firstStep;
  }

  /**
   * Appends the values of a step.
   *
   * @throws UserError if that fails
   */
  void append(int step, Map<String, Double> scalars, Map<String, Histogram> histograms) {
    double seconds = clock.millis() * MILLI;
    try {
      ByteArrayOutputStream records = new ByteArrayOutputStream();
      if (file == null) {
        file = create();
        records.write(record(EventMessage.version(seconds)));
        records.write(record(EventMessage.start(seconds, firstStep)));
      }
      records.write(record(EventMessage.summary(seconds, step, scalars, histograms)));
      Files.write(file, records.toByteArray(), StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UserError(
          "cannot write " + (file == null ? "an event file into " + folder : file.toString()),
          "an existing, writable folder with free space",
          e.toString(),
          "check the folder, its permissions and the disk",
          e);
    }
  }

  private Path create() throws IOException {
    Files.createDirectories(folder);
    for (long second = clock.instant().getEpochSecond(); ; second++) {
      try {
        return Files.createFile(folder.resolve("events.out.tfevents.%010d.run".formatted(second)));
      } catch (FileAlreadyExistsException e) {
        continue; // two starts in one second: names must stay in order
      }
    }
  }

  /** A message in its frame. */
  static byte[] record(byte[] data) {
    byte[] length =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length).array();
    return ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(length)
        .putInt(maskedCrc(length))
        .put(data)
        .putInt(maskedCrc(data))
        .array();
  }

  private static int maskedCrc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), ROTATION) + MASK;
  }
}
