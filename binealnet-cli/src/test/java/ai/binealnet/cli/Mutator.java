package ai.binealnet.cli;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes hostile files of good ones: the same number always makes the same file.
 *
 * @param seeds good files
 * @param words of their language, to be strewn in
 */
record Mutator(List<byte[]> seeds, List<String> words) {
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    127,
    255,
    0x7fff,
    0xffff,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 31,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    0x3fffffffL,
    100_000
  };
  private static final List<String> NUMERALS =
      List.of(
          "-1",
          "0",
          "1e999",
          "-1e999",
          "1e-999999999",
          "1e999999999",
          "NaN",
          "Infinity",
          "2147483648",
          "9223372036854775808",
          "0x10",
          "1.5",
          "9".repeat(5000),
          "null",
          "\"\"");
  private static final List<String> EVERYWHERE =
      List.of("\0", "\n", "\r\n", "\"", "\\", "../", "/etc/passwd", "\ufeff", "\u00e4", "\u2028");
  private static final int MOST_STEPS = 5;
  private static final int LONGEST = 1 << 16;

  /** The hostile file of a number. */
  byte[] file(long number) {
    SplittableRandom random = new SplittableRandom(number);
    byte[] file = any(seeds, random).clone();
    for (int steps = 1 + random.nextInt(1 + random.nextInt(MOST_STEPS)); steps > 0; steps--) {
      file = change(file, random);
    }
    return file;
  }

  private static <T> T any(List<T> list, SplittableRandom random) {
    return list.get(random.nextInt(list.size()));
  }

  private byte[] change(byte[] file, SplittableRandom random) {
    int at = random.nextInt(file.length + 1);
    int end = at + Math.min(file.length - at, random.nextInt(1 << random.nextInt(1, 11)));
    return switch (random.nextInt(random.nextBoolean() ? 3 : 10)) { // half keep the length
      case 0 -> overwrite(file, at, new byte[] {(byte) random.nextInt(256)});
      case 1 -> flip(file, at, random);
      case 2 -> overwrite(file, at, number(random));
      case 3 -> replace(file, at, end, new byte[0]);
      case 4 -> replace(file, at, at, repeat(Arrays.copyOfRange(file, at, end), random));
      case 5 -> Arrays.copyOf(file, at);
      case 6 -> replace(file, at, at, word(words.isEmpty() ? EVERYWHERE : words, random));
      case 7 -> replace(file, at, at, word(EVERYWHERE, random));
      case 8 -> replaceNumeral(file, at, random);
      default -> splice(file, at, any(seeds, random), random);
    };
  }

  private static byte[] word(List<String> words, SplittableRandom random) {
    return any(words, random).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] number(SplittableRandom random) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
    bytes.order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long number = NUMBERS[random.nextInt(NUMBERS.length)];
    int length = 1 << random.nextInt(4);
    switch (length) {
      case 1 -> bytes.put((byte) number);
      case 2 -> bytes.putShort((short) number);
      case 4 -> bytes.putInt((int) number);
      default -> bytes.putLong(number);
    }
    return Arrays.copyOf(bytes.array(), length);
  }

  private static byte[] repeat(byte[] part, SplittableRandom random) {
    int times = Math.min(1 << random.nextInt(14), LONGEST / Math.max(1, part.length));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] flip(byte[] file, int at, SplittableRandom random) {
    byte[] changed = file.clone();
    if (at < file.length) {
      changed[at] ^= (byte) (1 << random.nextInt(8));
    }
    return changed;
  }

  private static byte[] overwrite(byte[] file, int at, byte[] bytes) {
    return replace(file, at, Math.min(file.length, at + bytes.length), bytes);
  }

  /** The next numeral of a text becomes another one. */
  private static byte[] replaceNumeral(byte[] file, int at, SplittableRandom random) {
    int from = at;
    while (from < file.length && !isDigit(file[from])) {
      from++;
    }
    int to = from;
    while (to < file.length && isDigit(file[to])) {
      to++;
    }
    return replace(file, from, to, word(NUMERALS, random));
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }

  private static byte[] splice(byte[] file, int at, byte[] other, SplittableRandom random) {
    int from = random.nextInt(other.length + 1);
    return replace(file, at, file.length, Arrays.copyOfRange(other, from, other.length));
  }

  private static byte[] replace(byte[] file, int from, int to, byte[] by) {
    byte[] changed = new byte[file.length - (to - from) + by.length];
    System.arraycopy(file, 0, changed, 0, from);
    System.arraycopy(by, 0, changed, from, by.length);
    System.arraycopy(file, to, changed, from + by.length, file.length - to);
    return changed;
  }
}
