package ai.binealnet.core.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * How many pixels the header of a picture claims, so that a file of some bytes cannot have
 * gigabytes allocated. Reads the formats of {@link ImageFiles} and no others.
 */
final class ImageExtent {
  private static final int PNG = 0x89504e47;
  private static final int RIFF = 0x52494646;
  private static final int WEBP = 0x57454250;
  private static final int TIFF_LITTLE = 0x49492a00;
  private static final int TIFF_BIG = 0x4d4d002a;
  private static final int FOURTEEN_BITS = 0x3fff;
  private static final int ENTRY = 12;

  private final ByteBuffer bytes;

  private ImageExtent(byte[] file) {
    bytes = ByteBuffer.wrap(file);
  }

  /** Rows times columns, or 0 if the file is none of the formats or stops within its header. */
  static long pixels(byte[] file) {
    try {
      long pixels = new ImageExtent(file).pixels();
      return pixels < 0 ? Long.MAX_VALUE : pixels; // two sides of 32 bits
    } catch (IndexOutOfBoundsException e) {
      return 0;
    }
  }

  private long pixels() {
    int start = bytes.getInt(0);
    if (start == PNG) {
      return uint32(16) * uint32(20);
    }
    if (start >>> 8 == 0xffd8ff) {
      return jpeg();
    }
    if (start >>> 16 == ('B' << 8 | 'M')) {
      return bmp();
    }
    if (start == RIFF && bytes.getInt(8) == WEBP) {
      return webp();
    }
    if (start == TIFF_LITTLE || start == TIFF_BIG) {
      return tiff(start == TIFF_LITTLE);
    }
    return uint8(0) == 'P' && uint8(1) >= '1' && uint8(1) <= '6' ? portable() : 0;
  }

  /** The first frame header: marker, length, precision, rows, columns. */
  private long jpeg() {
    int i = 2;
    while (true) {
      int marker = uint8(i) == 0xff ? uint8(i + 1) : 0;
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
        return (long) uint16(i + 5) * uint16(i + 7);
      }
      boolean hasLength = marker > 1 && marker < 0xff && !(marker >= 0xd0 && marker <= 0xd8);
      i += hasLength ? 2 + Math.max(2, uint16(i + 2)) : 1;
    }
  }

  private long bmp() {
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    return bytes.getInt(14) == ENTRY // OS/2's header
        ? (long) uint16(18) * uint16(20)
        : Math.abs((long) bytes.getInt(18)) * Math.abs((long) bytes.getInt(22));
  }

  private long webp() {
    String kind = new String(bytes.array(), 12, 4, StandardCharsets.ISO_8859_1);
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    switch (kind) {
      case "VP8 ":
        return (long) (uint16(26) & FOURTEEN_BITS) * (uint16(28) & FOURTEEN_BITS);
      case "VP8L":
        int sides = bytes.getInt(21);
        return (1L + (sides & FOURTEEN_BITS)) * (1 + (sides >>> 14 & FOURTEEN_BITS));
      case "VP8X":
        return (1L + (bytes.getInt(23) >>> 8)) * (1 + (bytes.getInt(26) >>> 8));
      default:
        return 0;
    }
  }

  /** The largest sides that the first directory names, be they the picture's or a tile's. */
  private long tiff(boolean little) {
    bytes.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = Math.toIntExact(Math.min(uint32(4), Integer.MAX_VALUE));
    long width = 0;
    long height = 0;
    for (int entry = 0; entry < uint16(directory); entry++) {
      int at = directory + 2 + ENTRY * entry;
      long value = uint16(at + 2) == 3 ? uint16(at + 8) : uint32(at + 8);
      switch (uint16(at)) {
        case 256, 322 -> width = Math.max(width, value);
        case 257, 323 -> height = Math.max(height, value);
        default -> {} // something else about the picture
      }
    }
    return width * height;
  }

  /** Columns and rows in decimal behind the two letters, with comments between. */
  private long portable() {
    int[] position = {2};
    long width = number(position);
    return width * number(position);
  }

  private long number(int[] position) {
    int i = position[0];
    while (uint8(i) < '0' || uint8(i) > '9') {
      if (uint8(i) == '#') {
        while (uint8(i) != '\n' && uint8(i) != '\r') {
          i++;
        }
      }
      i++;
    }
    long value = 0;
    for (; uint8(i) >= '0' && uint8(i) <= '9'; i++) {
      value = Math.min(Integer.MAX_VALUE, 10 * value + uint8(i) - '0');
    }
    position[0] = i;
    return value;
  }

  private int uint8(int at) {
    return bytes.get(at) & 0xff;
  }

  private int uint16(int at) {
    return bytes.getShort(at) & 0xffff;
  }

  private long uint32(int at) {
    return Integer.toUnsignedLong(bytes.getInt(at));
  }
}
