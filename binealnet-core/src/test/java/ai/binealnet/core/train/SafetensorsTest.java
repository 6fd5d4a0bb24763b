package ai.binealnet.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.train.Safetensors.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  @TempDir private Path dir;

  private Path written() {
    Map<String, Entry> tensors = new LinkedHashMap<>();
    tensors.put(
        "stage1.conv.weight",
        new Entry(new int[] {2, 1, 3}, new float[] {1, -2, 3, -0f, 1e-45f, 3e38f}));
    tensors.put(
        "odd \"näme\"\n",
        new Entry(new int[] {2}, new float[] {Float.NaN, Float.NEGATIVE_INFINITY}));
    tensors.put("one", new Entry(new int[] {1}, new float[] {0.1f}));
    Path file = dir.resolve("a.safetensors");
    Safetensors.write(file, tensors);
    return file;
  }

  private Path file(String header, int dataBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    return Files.write(dir.resolve("b.safetensors"), bytes.array());
  }

  @Test
  void shouldReadWhatItWrote() {
    Map<String, Entry> tensors = Safetensors.read(written());

    assertThat(tensors.keySet()).containsExactly("stage1.conv.weight", "odd \"näme\"\n", "one");
    assertThat(tensors.get("stage1.conv.weight").shape()).containsExactly(2, 1, 3);
    assertThat(tensors.get("stage1.conv.weight").values())
        .containsExactly(1, -2, 3, -0f, 1e-45f, 3e38f);
    assertThat(tensors.get("odd \"näme\"\n").values())
        .containsExactly(Float.NaN, Float.NEGATIVE_INFINITY);
    assertThat(tensors.get("one").values()).containsExactly(0.1f);
  }

  @Test
  void shouldFollowThePublishedFormat() throws IOException {
    byte[] bytes = Files.readAllBytes(written());
    int header = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String json = new String(bytes, 8, header, StandardCharsets.UTF_8);

    assertThat(header % 8).isZero();
    assertThat(json)
        .startsWith(
            "{\"stage1.conv.weight\":{\"dtype\":\"F32\",\"shape\":[2,1,3],\"data_offsets\":[0,24]}")
        .contains("\"data_offsets\":[32,36]");
    assertThat(bytes).hasSize(8 + header + 36);
    assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat(8 + header + 4))
        .isEqualTo(-2);
  }

  @Test
  void shouldKeepEverySignInEightBits() {
    float[] values = {0.5f, -0.5f, 1e-9f, -1e-9f, 0, 0.25f, -0.1f, 0.0039f};
    Path file = dir.resolve("eight.safetensors");
    Safetensors.write(
        file,
        Map.of(
            "latent", new Entry(new int[] {2, 4}, values, true),
            "zeros", new Entry(new int[] {3}, new float[3], true)));

    Map<String, Entry> tensors = Safetensors.read(file);

    float[] actual = tensors.get("latent").values();
    for (int i = 0; i < values.length; i++) {
      assertThat(actual[i] >= 0).as("sign of %s", values[i]).isEqualTo(values[i] >= 0);
      assertThat(actual[i]).isCloseTo(values[i], within(0.5f / 127));
    }
    assertThat(tensors.get("latent").shape()).containsExactly(2, 4);
    assertThat(tensors.get("zeros").values()).containsOnly(1);
  }

  @Test
  void shouldWriteTheSameBytesTwice() throws IOException {
    byte[] first = Files.readAllBytes(written());
    assertThat(Files.readAllBytes(written())).isEqualTo(first);
  }

  @Test
  void shouldReportATruncatedFileWhereverItEnds() throws IOException {
    byte[] bytes = Files.readAllBytes(written());
    Path file = dir.resolve("cut.safetensors");
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThatExceptionOfType(UserError.class)
          .as("%s of %s bytes", length, bytes.length)
          .isThrownBy(() -> Safetensors.read(file))
          .withMessageContaining("cut.safetensors");
    }
  }

  @Test
  void shouldRefuseTensorsThatShareBytes() throws IOException {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < 1000; i++) {
      header.append(i == 0 ? "" : ",");
      header.append(
          "\"t%d\":{\"dtype\":\"F32\",\"shape\":[10],\"data_offsets\":[0,40]}".formatted(i));
    }
    Path file = file(header.append('}').toString(), 40);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> Safetensors.read(file))
        .withMessageContaining("overlap");
  }

  @Test
  void shouldFailInNoOtherWayWhateverByteIsAltered() throws IOException {
    byte[] bytes = Files.readAllBytes(written());
    Path file = dir.resolve("altered.safetensors");
    for (int i = 0; i < bytes.length; i++) {
      for (int bits : new int[] {1, 0x20, 0x80, 0xff}) {
        byte[] altered = bytes.clone();
        altered[i] ^= (byte) bits;
        Files.write(file, altered);
        readOrUserError(file, "byte " + i + " ^ " + bits);
      }
    }
  }

  private static void readOrUserError(Path file, String description) {
    try {
      assertThat(Safetensors.read(file)).isNotNull();
    } catch (UserError e) {
      assertThat(e.what()).as(description).contains(file.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "garbage",
        "{",
        "[]",
        "3",
        "null",
        "\"text\"",
        "{\"a\":1}",
        "{\"a\":null}",
        "{\"a\":{}}",
        "\u0000\u0001",
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,16]}}",
        "{\"a\":{\"dtype\":\"I32\",\"shape\":[4],\"data_offsets\":[0,16]}}",
        "{\"a\":{\"dtype\":null,\"shape\":[4],\"data_offsets\":[0,16]}}",
        "{\"a\":{\"shape\":[4],\"data_offsets\":[0,16]}}",
        "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,16]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":4,\"data_offsets\":[0,16]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[\"x\"],\"data_offsets\":[0,16]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,12]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[4,20]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[-4,12]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[16,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-4],\"data_offsets\":[16,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1000000000],\"data_offsets\":[0,4000000000]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,4],\"data_offsets\":[0,16]}}",
        // products of extents that overflow 64 bits, with the offsets that would fit them
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647],\"data_offsets\":[0,-17179869180]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483646],\"data_offsets\":[0,-25769803768]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[65536,65536,65536,65536],\"data_offsets\":[0,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967297],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999999],\"data_offsets\":[0,16]}}"
      })
  void shouldReportABadHeader(String header) throws IOException {
    Path file = file(header, 16);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> Safetensors.read(file))
        .withMessageContaining("b.safetensors");
  }

  @ParameterizedTest
  @ValueSource(
      longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 0, 1, 1L << 32, 1000, Integer.MAX_VALUE})
  void shouldReportABadHeaderLength(long length) throws IOException {
    byte[] bytes = Files.readAllBytes(written());
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    Path file = Files.write(dir.resolve("length.safetensors"), bytes);

    assertThatExceptionOfType(UserError.class).isThrownBy(() -> Safetensors.read(file));
  }

  @Test
  void shouldReportAMissingFileAndAFolder() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> Safetensors.read(dir.resolve("none")))
        .withMessageContaining("none");
    assertThatExceptionOfType(UserError.class).isThrownBy(() -> Safetensors.read(dir));
  }

  @Test
  void shouldIgnoreMetadata() throws IOException {
    Path file =
        file(
            "{\"__metadata__\":{\"by\":\"x\"},\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}",
            4);

    assertThat(Safetensors.read(file)).containsOnlyKeys("a");
  }
}
