package ai.binealnet.cli;

import ai.binealnet.classify.decode.Classification;
import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.report.ContactSheet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code predict M.onnx|NAME IMAGE… -o DIR}. */
@Command(
    name = "predict",
    description = "Tell what pictures show: predictions.json and contact-sheet.png.")
final class PredictCommand extends Output {
  private static final int CANDIDATES = 5;

  @Parameters(
      index = "0",
      paramLabel = "M.onnx|NAME",
      converter = Zoo.Model.class,
      description = "A model file, or the name of a model of the zoo.")
  private Path file;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "IMAGE", description = "Pictures.")
  private List<Path> paths;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "Folder to make.")
  private Path output;

  @Option(
      names = "--resize",
      description = "Scale and crop pictures to the model's size, as training does.")
  private boolean resize;

  @Override
  Result run() {
    OutputFiles.requireFreeFolder(output);
    try (ExportedClassifier model = new ExportedClassifier(file, 0)) {
      List<Image> originals = new ArrayList<>();
      List<Image> inputs = new ArrayList<>();
      for (Path path : paths) {
        Image image = ImageFiles.read(path);
        originals.add(image);
        inputs.add(resize ? model.fit(image) : requireSize(path, image, model.input()));
      }
      return write(originals, model.classify(inputs, CANDIDATES));
    }
  }

  private static Image requireSize(Path path, Image image, ImageSpec input) {
    if (image.height() != input.height() || image.width() != input.width()) {
      throw new UserError(
          "the size of " + path + " does not fit the model",
          input.height() + " rows x " + input.width() + " columns",
          image.height() + " rows x " + image.width() + " columns",
          "add --resize to scale and crop pictures as training does");
    }
    return image;
  }

  private Result write(List<Image> images, List<Classification> results) {
    List<Map<String, Object>> predictions = new ArrayList<>();
    List<ContactSheet.Cell> cells = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < images.size(); i++) {
      Classification result = results.get(i);
      Path path = paths.get(i);
      predictions.add(Map.of("image", path.toString(), "candidates", result.candidates()));
      cells.add(
          new ContactSheet.Cell(
              images.get(i),
              List.of(Captions.of(result.best()), path.getFileName().toString()),
              ContactSheet.Verdict.UNKNOWN));
      text.append("%s: %s%n".formatted(path, Captions.of(result)));
    }
    Path sheet = output.resolve("contact-sheet.png");
    Path list = output.resolve("predictions.json");
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("task", "classify");
    json.put("model", file.toString());
    json.put("predictions", predictions);
    json.put("pictures", List.of(sheet.toString()));
    OutputFiles.makeFolder(output);
    ContactSheet.write(file.getFileName().toString(), cells, sheet);
    AtomicFiles.write(list, json(json).getBytes(StandardCharsets.UTF_8));
    return Result.done(json, text.append("see ").append(sheet).toString());
  }
}
