package ai.binealnet.core.data;

/**
 * Tells a complete JPEG or PNG from one that was cut short. Decoders fill the missing part of a cut
 * file with grey and only warn, which would train a network on grey pictures.
 */
final class ImageEnd {
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int PNG_SIGNATURE = 0x89504e47;
  private static final int IEND = 0x49454e44;

  private ImageEnd() {}

  /** False only for a JPEG or PNG without its end; true for every other content, picture or not. */
  static boolean isPresent(byte[] file) {
    if (file.length >= 2 && at(file, 0) == 0xff && at(file, 1) == SOI) {
      return hasJpegEnd(file);
    }
    if (file.length >= 8 && int32(file, 0) == PNG_SIGNATURE) {
      return hasPngEnd(file);
    }
    return true;
  }

  /**
   * Walks the segments: marker, length, content; the content of a scan has no length and ends at
   * the next marker.
   */
  private static boolean hasJpegEnd(byte[] file) {
    int i = 2;
    while (i + 1 < file.length) {
      if (at(file, i) != 0xff) {
        i++; // scan data, or bytes that a decoder skips
        continue;
      }
      int marker = at(file, i + 1);
      if (marker == EOI) {
        return true;
      }
      if (marker == 0xff) {
        i++; // fill byte
      } else if (marker == 0 || marker == 1 || (marker >= 0xd0 && marker <= SOI)) {
        i += 2; // stuffed byte, restart marker: no length
      } else if (i + 3 < file.length) {
        i += 2 + Math.max(2, at(file, i + 2) << 8 | at(file, i + 3)); // SOS too: skips its header
      } else {
        return false;
      }
    }
    return false;
  }

  private static boolean hasPngEnd(byte[] file) {
    long i = 8;
    while (i + 12 <= file.length) {
      if (int32(file, (int) i + 4) == IEND) {
        return true;
      }
      i += 12 + Integer.toUnsignedLong(int32(file, (int) i)); // length, type, content, checksum
    }
    return false;
  }

  private static int at(byte[] file, int i) {
    return file[i] & 0xff;
  }

  private static int int32(byte[] file, int i) {
    return at(file, i) << 24 | at(file, i + 1) << 16 | at(file, i + 2) << 8 | at(file, i + 3);
  }
}
