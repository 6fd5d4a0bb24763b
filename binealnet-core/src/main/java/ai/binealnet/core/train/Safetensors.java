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
 * The safetensors file format, float32 tensors only: 8 bytes header length (little endian), a JSON
 * header {@code {name: {dtype, shape, data_offsets}}}, then the data.
 */
final class Safetensors {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A tensor of the file. */
  record Entry(int[] shape, float[] values) {}

  private Safetensors() {}

  static void write(Path file, Map<String, Entry> tensors) {
    ObjectNode header = JSON.createObjectNode();
    long offset = 0;
    for (Map.Entry<String, Entry> tensor : tensors.entrySet()) {
      ObjectNode node = header.putObject(tensor.getKey()).put("dtype", "F32");
      for (int dim : tensor.getValue().shape) {
        node.withArray("shape").add(dim);
      }
      long end = offset + (long) Float.BYTES * tensor.getValue().values.length;
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
      bytes.asFloatBuffer().put(entry.values);
      bytes.position(bytes.position() + Float.BYTES * entry.values.length);
    }
    AtomicFiles.write(file, bytes.array());
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
    header
        .properties()
        .forEach(
            field -> {
              if (!field.getKey().equals("__metadata__")) {
                tensors.put(field.getKey(), entry(file, field.getKey(), field.getValue(), data));
              }
            });
    return tensors;
  }

  private static Entry entry(Path file, String name, JsonNode node, ByteBuffer data) {
    long begin = node.path("data_offsets").path(0).asLong(-1);
    long end = node.path("data_offsets").path(1).asLong(-1);
    int[] shape = new int[node.path("shape").size()];
    long size = 1;
    for (int i = 0; i < shape.length; i++) {
      JsonNode dim = node.path("shape").path(i);
      shape[i] = dim.isInt() ? dim.intValue() : -1;
      size = shape[i] < 1 || size > Integer.MAX_VALUE ? Long.MAX_VALUE / 8 : size * shape[i];
    }
    if (!node.path("dtype").asText().equals("F32")
        || begin < 0
        || end < begin
        || end > data.limit()
        || end - begin != size * Float.BYTES) {
      throw damaged(file, "tensor " + name + " does not lie inside the file as float32");
    }
    float[] values = new float[(int) size];
    data.slice((int) begin, (int) (end - begin))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return new Entry(shape, values);
  }

  private static UserError damaged(Path file, String why) {
    return new UserError(
        "cannot read the checkpoint " + file,
        "a complete safetensors file",
        why,
        "use another checkpoint or train again");
  }
}
