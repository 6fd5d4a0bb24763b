package ai.binealnet.cli;

import ai.binealnet.core.graph.UserError;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code predict M.onnx|NAME IMAGE… -o DIR}. */
@Command(
    name = "predict",
    description = "Apply a model to pictures: predictions.json, and pictures of what was found.")
final class PredictCommand extends Output {
  @Parameters(
      index = "0",
      paramLabel = "M.onnx|NAME",
      converter = Zoo.Model.class,
      description = "A model file, or the name of a model of the zoo.")
  private Path file;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "Pictures, or folders of them.")
  private List<Path> paths;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "Folder to make.")
  private Path output;

  @Option(
      names = "--resize",
      description = "Classifiers: scale and crop pictures to the model's size, as training does.")
  private boolean resize;

  @Option(
      names = "--binary-descriptors",
      description =
          "Matching: two bits for each number of a descriptor, compared by Hamming distance,"
              + " instead of the numbers.")
  private boolean binaryDescriptors;

  @Option(
      names = "--min-score",
      paramLabel = "S",
      defaultValue = "0.3",
      description =
          "Detectors: report boxes of at least this score, from 0 to 1 (default:"
              + " ${DEFAULT-VALUE}).")
  private double minScore;

  @Mixin private LookOptions look;

  @Override
  Result run() {
    if (!(minScore >= 0 && minScore <= 1)) {
      throw new UserError(
          "there is no such score", "a number from 0 to 1", "" + minScore, "correct --min-score");
    }
    OutputFiles.requireFreeFolder(output);
    try (ExportedModel<?> model = Tasks.ofModel(file).open(file, 0)) {
      look.apply(model);
      return model.predict(
          PictureFiles.expand(paths),
          output,
          new PredictOptions(resize, binaryDescriptors, minScore));
    }
  }
}
