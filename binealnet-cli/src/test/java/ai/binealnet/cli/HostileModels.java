package ai.binealnet.cli;

import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.data.ModelCard;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.deploy.runtime.ModelSeal;
import ai.binealnet.superres.decode.EnlargerCard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Model files and the metadata in them. */
final class HostileModels extends HostileGroup {
  HostileModels(Path root) throws IOException {
    super(root);
    models();
  }

  private void models() throws IOException {
    card();
    model("classify", "backbone.network=resnet8", "backbone.width=0.25", "backbone.stem=FAST");
    model(
        "detect",
        "backbone.network=resnet8",
        "backbone.width=0.5",
        "head.channels=32",
        "input.height=32",
        "input.width=32");
    model(
        "segment",
        "backbone.network=resnet8",
        "backbone.width=0.5",
        "backbone.stem=FAST",
        "backbone.outputStride=4",
        "head.channels=24",
        "input.height=32",
        "input.width=32");
    model("superres", "network.blocks=1", "network.channels=8");
    model("match", "network.width=0.25", "network.dimensions=32");
  }

  /** Metadata entries, one a line. */
  private void card() throws IOException {
    String card =
        String.join(
            "\n",
            new ModelCard("classify", List.of("a", "b"), ImageSpec.cifar())
                .toMetadata()
                .get("image_spec"),
            "[\"a\",\"b\"]",
            "[{\"name\":\"conv\",\"op\":\"CONV2D\",\"inputBits\":1,\"weightBits\":1,\"reason\":\"\"}]",
            "[]",
            "2",
            "20");
    List<String> keys =
        List.of("image_spec", "classes", "layers", "work", "superres.scale", "superres.reach");
    Path file = write("card", card);
    add(
        file,
        "model card",
        join(JSON, List.of("2147483647", "-1")),
        () -> {
          String[] lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n");
          Map<String, String> metadata = new LinkedHashMap<>(Map.of("task", "classify"));
          for (int i = 0; i < Math.min(keys.size(), lines.length); i++) {
            metadata.put(keys.get(i), lines[i]);
          }
          String origin = file.toString();
          each(
              () -> ModelCard.of(metadata, origin),
              () -> ModelFiles.summary(metadata, file),
              () -> EnlargerCard.of(metadata, origin));
        });
  }

  /** All of them, though some refuse. */
  private static void each(HostileReader.Action... actions) throws Exception {
    UserError refusal = null;
    for (HostileReader.Action action : actions) {
      try {
        action.run();
      } catch (UserError e) {
        refusal = e;
      }
    }
    if (refusal != null) {
      throw refusal;
    }
  }

  private void model(String name, String... settings) throws IOException {
    Path file = root.resolve("models/" + name + ".onnx");
    Files.createDirectories(file.getParent());
    UntrainedModel.export(Tasks.named(name), file, settings);
    Path small = write("models/small.png", HostilePictures.picture(".png"));
    Path out = root.resolve("models/out");
    List<Path> pictures = name.equals("match") ? List.of(small, small) : List.of(small);
    add(
        new HostileReader(
                "model file of " + name,
                file,
                List.of(Files.readAllBytes(file)),
                List.of("ai.binealnet", "BinaryConv2d", "image_spec", "Conv", "logits"),
                () -> {
                  try (ExportedModel<?> model = Tasks.ofModel(file).open(file, 1)) {
                    model.predict(pictures, out, new PredictOptions(true, false, 0.3));
                  }
                })
            .repairing(ModelSeal::seal)
            .costing(20, 256));
  }
}
