package ai.binealnet.core.instrument;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads event files without any class that writes them; sums are computed bit by bit. */
final class EventReader {
  private static final int POLYNOMIAL = 0x82f63b78; // Castagnoli, reversed

  private EventReader() {}

  static List<UnknownFieldSet> read(Path file) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(Files.readAllBytes(file));
    List<UnknownFieldSet> events = new ArrayList<>();
    while (!in.isAtEnd()) {
      byte[] header = in.readRawBytes(8);
      require(in.readFixed32() == masked(crc(header)), "the length's sum");
      byte[] data = in.readRawBytes((int) CodedInputStream.newInstance(header).readFixed64());
      require(in.readFixed32() == masked(crc(data)), "the data's sum");
      events.add(UnknownFieldSet.parseFrom(data));
    }
    return events;
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(what + " is wrong");
    }
  }

  static int crc(byte[] bytes) {
    int crc = ~0;
    for (byte b : bytes) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc >>> 1 ^ (crc & 1) * POLYNOMIAL;
      }
    }
    return ~crc;
  }

  private static int masked(int crc) {
    return (crc >>> 15 | crc << 17) + 0xa282ead8;
  }
}
