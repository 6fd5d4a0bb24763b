package ai.binealnet.core.train;

import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.graph.UserError;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The safetensors file format: 8 bytes header length (little endian), a JSON header {@code {name:
 * {dtype, shape, data_offsets}}}, then the data. Tensors are float32 or, where the sign matters
 * most, 8-bit integers whose scales stand in the header's {@code __metadata__}.
 */
final class Safetensors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METADATA = "__metadata__";
  private static final String SCALE = ".scale";
  private static final int MAX_LEVEL = 127;

  /**
   * A tensor of the file.
   *
   * @param eightBit whether it is stored as integers of 8 bits, which keep every sign
   */
  record Entry(int[] shape, float[] values, boolean eightBit) {
    Entry(int[] shape, float[] values) {
      this(shape, values, false);
    }

    private int bytes() {
      return eightBit ? values.length : Float.BYTES * values.length;
    }

    /** The step of the 8-bit integers; 1 for a tensor of zeros. */
    private float scale() {
      float max = 0;
      for (float value : values) {
        max = Math.max(max, Math.abs(value));
      }
      return max == 0 ? 1 : max / MAX_LEVEL;
    }
  }

  private Safetensors() {}

  static void write(Path file, Map<String, Entry> tensors) {
    ObjectNode header = JSON.createObjectNode();
    long offset = 0;
    for (Map.Entry<String, Entry> tensor : tensors.entrySet()) {
      Entry entry = tensor.getValue();
      if (entry.eightBit) {
        header.withObject("/" + METADATA).put(tensor.getKey() + SCALE, "" + entry.scale());
      }
      ObjectNode node =
          header.putObject(tensor.getKey()).put("dtype", entry.eightBit ? "I8" : "F32");
      for (int dim : entry.shape) {
        node.withArray("shape").add(dim);
      }
      long end = offset + entry.bytes();
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + 7) / 8 * 8; // the format aligns the data with spaces
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(Long.BYTES + padded + offset))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(padded).put(json);
    while (bytes.position() < Long.BYTES + padded) {
      bytes.put((byte) ' ');
    }
    for (Entry entry : tensors.values()) {
      if (entry.eightBit) {
        bytes.put(levels(entry));
      } else {
        bytes.asFloatBuffer().put(entry.values);
        bytes.position(bytes.position() + entry.bytes());
      }
    }
    AtomicFiles.write(file, bytes.array());
  }

  /** Rounds away from 0, so that no value loses its sign; 0 counts as positive. */
  private static byte[] levels(Entry entry) {
    float scale = entry.scale();
    byte[] levels = new byte[entry.values.length];
    for (int i = 0; i < levels.length; i++) {
      int level = Math.max(1, Math.round(Math.abs(entry.values[i]) / scale));
      levels[i] = (byte) (entry.values[i] < 0 ? -level : level);
    }
    return levels;
  }

  static Map<String, Entry> read(Path file) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      return parse(file, bytes);
    } catch (JsonProcessingException e) {
      throw damaged(file, "its header is not JSON");
    } catch (IOException e) {
      throw new UserError(
          "cannot read " + file, "a readable checkpoint", e.toString(), "check the path", e);
    }
  }

  private static Map<String, Entry> parse(Path file, ByteBuffer bytes) throws IOException {
    long length = bytes.remaining() < Long.BYTES ? -1 : bytes.getLong();
    if (length < 2 || length > bytes.remaining()) {
      throw damaged(file, "its header is cut off");
    }
    byte[] json = new byte[(int) length];
    bytes.get(json);
    ByteBuffer data = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    Map<String, Entry> tensors = new LinkedHashMap<>();
    JsonNode header = JSON.readTree(json);
    if (!header.isObject()) {
      throw damaged(file, "its header is not a JSON object");
    }
    requireApart(file, header, data.limit());
    header
        .properties()
        .forEach(
            field -> {
              String name = field.getKey();
              if (!name.equals(METADATA)) {
                float scale = (float) header.path(METADATA).path(name + SCALE).asDouble(1);
                tensors.put(name, entry(file, name, field.getValue(), scale, data));
              }
            });
    return tensors;
  }

  /** Tensors that share bytes could make memory of any size of a small file. */
  private static void requireApart(Path file, JsonNode header, long limit) {
    long left = limit;
    for (JsonNode tensor : header) {
      JsonNode offsets = tensor.path("data_offsets");
      left -= Math.max(0, Math.min(limit, offsets.path(1).asLong() - offsets.path(0).asLong()));
      if (left < 0) {
        throw damaged(file, "its tensors overlap, or do not lie inside the file");
      }
    }
  }

  private static Entry entry(Path file, String name, JsonNode node, float scale, ByteBuffer data) {
    long begin = node.path("data_offsets").path(0).asLong(-1);
    long end = node.path("data_offsets").path(1).asLong(-1);
    int[] shape = new int[node.path("shape").size()];
    long size = 1;
    for (int i = 0; i < shape.length; i++) {
      JsonNode dim = node.path("shape").path(i);
      shape[i] = dim.isInt() ? dim.intValue() : -1;
      size = shape[i] < 1 || size > Integer.MAX_VALUE ? Long.MAX_VALUE / 8 : size * shape[i];
    }
    boolean eightBit = node.path("dtype").asText().equals("I8");
    if (!eightBit && !node.path("dtype").asText().equals("F32")
        || begin < 0
        || end < begin
        || end > data.limit()
        || end - begin != size * (eightBit ? 1 : Float.BYTES)) {
      throw damaged(file, "tensor " + name + " does not lie inside the file as F32 or I8");
    }
    float[] values = new float[(int) size];
    ByteBuffer part = data.slice((int) begin, (int) (end - begin)).order(ByteOrder.LITTLE_ENDIAN);
    if (eightBit) {
      for (int i = 0; i < values.length; i++) {
        values[i] = part.get(i) * scale;
      }
    } else {
      part.asFloatBuffer().get(values);
    }
    return new Entry(shape, values, eightBit);
  }

  private static UserError damaged(Path file, String why) {
    return new UserError(
        "cannot read the checkpoint " + file,
        "a complete safetensors file",
        why,
        "use another checkpoint or train again");
  }
}
