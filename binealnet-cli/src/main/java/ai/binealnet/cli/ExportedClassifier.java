package ai.binealnet.cli;

import ai.binealnet.classify.data.ClassificationData;
import ai.binealnet.classify.decode.Classification;
import ai.binealnet.classify.decode.ImageClassifier;
import ai.binealnet.classify.metric.ClassificationEvaluation;
import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.data.LabeledImage;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.report.ContactSheet;
import ai.binealnet.core.task.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A model file of a classifier, run by ONNX Runtime. */
final class ExportedClassifier extends ExportedModel<ClassificationData> {
  private static final int BATCH = 50;
  private static final int CANDIDATES = 5;
  private static final int SHOWN = 40;

  private final ImageClassifier classifier;

  /**
   * Opens a model file.
   *
   * @param threads threads of one run, or 0 for as many as there are cores
   * @throws UserError if it is damaged or no classifier
   */
  ExportedClassifier(Path file, int threads) {
    super(file, threads, ImageClassifier.TASK);
    classifier = new ImageClassifier(model());
  }

  @Override
  ClassificationEvaluation evaluate(ClassificationData data, Part part, int limit) {
    return evaluate(Spread.over(data.part(part), limit));
  }

  /** Accuracy on samples, which are brought to the model's size as in training. */
  ClassificationEvaluation evaluate(Dataset<LabeledImage> samples) {
    ClassificationEvaluation evaluation = new ClassificationEvaluation(card().classes());
    for (int from = 0; from < samples.size(); from += BATCH) {
      int count = Math.min(BATCH, samples.size() - from);
      List<Image> images = new ArrayList<>();
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        LabeledImage sample = samples.get(from + i);
        images.add(classifier.fit(sample.image()));
        labels[i] = sample.label();
      }
      evaluation.add(classifier.logits(images), labels, count);
    }
    return evaluation;
  }

  /** What each picture shows, {@code candidates} at most; pictures must have the model's size. */
  List<Classification> classify(List<Image> images, int candidates) {
    List<Classification> results = new ArrayList<>();
    for (int from = 0; from < images.size(); from += BATCH) {
      List<Image> batch = images.subList(from, Math.min(images.size(), from + BATCH));
      results.addAll(classifier.classify(batch, candidates));
    }
    return results;
  }

  /** Writes {@code predictions.json} and {@code contact-sheet.png}. */
  @Override
  Result predict(List<Path> pictures, Path folder, PredictOptions options) {
    List<Image> originals = new ArrayList<>();
    List<Image> inputs = new ArrayList<>();
    for (Path path : pictures) {
      Image image = ImageFiles.read(path);
      originals.add(image);
      inputs.add(options.resize() ? classifier.fit(image) : requireSize(path, image));
    }
    return write(pictures, originals, classify(inputs, CANDIDATES), folder);
  }

  private Image requireSize(Path path, Image image) {
    ImageSpec input = card().input();
    if (image.height() != input.height() || image.width() != input.width()) {
      throw new UserError(
          "the size of " + path + " does not fit the model",
          input.height() + " rows x " + input.width() + " columns",
          image.height() + " rows x " + image.width() + " columns",
          "add --resize to scale and crop pictures as training does");
    }
    return image;
  }

  private Result write(
      List<Path> paths, List<Image> images, List<Classification> results, Path folder) {
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
    Path sheet = folder.resolve("contact-sheet.png");
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("task", card().task());
    json.put("model", file().toString());
    json.put("predictions", predictions);
    json.put("pictures", List.of(sheet.toString()));
    OutputFiles.makeFolder(folder);
    ContactSheet.write(file().getFileName().toString(), cells, sheet);
    OutputFiles.writeJson(json, folder.resolve("predictions.json"));
    return Result.done(json, text.append("see ").append(sheet).toString());
  }

  /** Draws a mixture of test pictures, with what they are and what was found. */
  @Override
  void show(ClassificationData data, Path folder) {
    Dataset<LabeledImage> held = data.test();
    List<LabeledImage> samples = new ArrayList<>();
    List<Integer> order = new ArrayList<>(IntStream.range(0, held.size()).boxed().toList());
    Collections.shuffle(order, new Random(1)); // whatever order the file has
    order.subList(0, Math.min(SHOWN, order.size())).forEach(i -> samples.add(held.get(i)));
    List<Classification> results =
        classify(samples.stream().map(sample -> classifier.fit(sample.image())).toList(), 1);
    List<ContactSheet.Cell> cells = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      LabeledImage sample = samples.get(i);
      boolean right = results.get(i).best().label() == sample.label();
      cells.add(
          new ContactSheet.Cell(
              sample.image(),
              List.of(
                  Captions.of(results.get(i).best()),
                  "is: " + card().classes().get(sample.label())),
              right ? ContactSheet.Verdict.RIGHT : ContactSheet.Verdict.WRONG));
    }
    Path sheet = folder.resolve("contact-sheet.png");
    String title = "Held-out pictures, classified by " + file().getFileName();
    ContactSheet.write(title, cells, sheet);
  }
}
