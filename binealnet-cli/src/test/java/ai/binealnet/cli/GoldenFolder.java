package ai.binealnet.cli;

import ai.binealnet.core.inference.FloatTensor;
import ai.binealnet.deploy.runtime.Predictor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a release wrote for one task, kept for ever: {@code run/}, the training; {@code model.onnx},
 * exported from it; {@code pixels.bin}, pictures as uint8 [N,H,W,C] of the model's size; and {@code
 * outputs.bin}, what the model made of them, float32 little endian, outputs in the file's order.
 */
record GoldenFolder(Path root) {
  private static final Path ALL = Path.of("src", "test", "resources", "golden");

  /** That of a task and a release. */
  static GoldenFolder of(String release, String task) {
    return new GoldenFolder(ALL.resolve(release).resolve(task));
  }

  /** All there are, by release and task. */
  static List<GoldenFolder> all() throws IOException {
    try (Stream<Path> folders = Files.walk(ALL, 2)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("model.onnx")))
          .sorted()
          .map(GoldenFolder::new)
          .toList();
    }
  }

  String task() {
    return root.getFileName().toString();
  }

  Path run() {
    return root.resolve("run");
  }

  Path model() {
    return root.resolve("model.onnx");
  }

  byte[] pixels() throws IOException {
    return Files.readAllBytes(root.resolve("pixels.bin"));
  }

  byte[] outputs() throws IOException {
    return Files.readAllBytes(root.resolve("outputs.bin"));
  }

  void store(byte[] pixels, byte[] outputs) throws IOException {
    Files.write(root.resolve("pixels.bin"), pixels);
    Files.write(root.resolve("outputs.bin"), outputs);
  }

  /** What a model makes of pictures, as it is stored. */
  static byte[] outputs(Predictor model, byte[] pixels) {
    int count = pixels.length / (model.height() * model.width() * model.channels());
    Map<String, FloatTensor> values = model.run(pixels, count);
    return bytes(model.outputs().stream().map(name -> values.get(name).values()).toList());
  }

  static byte[] bytes(List<float[]> outputs) {
    int length = outputs.stream().mapToInt(values -> values.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * length).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] values : outputs) {
      for (float value : values) {
        bytes.putFloat(value);
      }
    }
    return bytes.array();
  }

  @Override
  public String toString() {
    return root.getParent().getFileName() + "/" + task();
  }
}
