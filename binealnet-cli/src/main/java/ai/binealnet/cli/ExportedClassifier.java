package ai.binealnet.cli;

import ai.binealnet.classify.Classify;
import ai.binealnet.classify.decode.Classification;
import ai.binealnet.classify.metric.ClassificationEvaluation;
import ai.binealnet.classify.model.Classifier;
import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.data.LabeledImage;
import ai.binealnet.core.data.ModelCard;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.runtime.Predictor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A model file of a classifier, run by ONNX Runtime. */
final class ExportedClassifier implements AutoCloseable {
  private static final int BATCH = 50;

  private final Predictor predictor;
  private final ModelCard card;

  /**
   * Opens a model file.
   *
   * @param threads threads of one run, or 0 for as many as there are cores
   * @throws UserError if it is damaged or no classifier
   */
  ExportedClassifier(Path file, int threads) {
    predictor = Predictor.open(file, threads);
    try {
      card = ModelCard.of(predictor.metadata(), file.toString());
      if (!Classify.TASK.name().equals(card.task())) {
        throw new UserError(
            "cannot use model " + file, Classify.TASK.name(), card.task(), "give a classifier");
      }
    } catch (UserError e) {
      predictor.close();
      throw e;
    }
  }

  ModelCard card() {
    return card;
  }

  String kind() {
    return predictor.metadata().getOrDefault(Exporter.KIND, "unknown");
  }

  /** All that travels with the file. */
  Map<String, String> metadata() {
    return predictor.metadata();
  }

  /** Accuracy on samples, which are brought to the model's size as in training. */
  ClassificationEvaluation evaluate(Dataset<LabeledImage> samples) {
    ClassificationEvaluation evaluation = new ClassificationEvaluation(card.classes());
    for (int from = 0; from < samples.size(); from += BATCH) {
      int count = Math.min(BATCH, samples.size() - from);
      List<Image> images = new ArrayList<>();
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        LabeledImage sample = samples.get(from + i);
        images.add(fit(sample.image()));
        labels[i] = sample.label();
      }
      evaluation.add(logits(images), labels, count);
    }
    return evaluation;
  }

  /** What each picture shows, {@code candidates} at most; pictures must have the model's size. */
  List<Classification> classify(List<Image> images, int candidates) {
    List<Classification> results = new ArrayList<>();
    for (int from = 0; from < images.size(); from += BATCH) {
      List<Image> batch = images.subList(from, Math.min(images.size(), from + BATCH));
      float[] logits = logits(batch);
      for (int row = 0; row < batch.size(); row++) {
        results.add(Classification.of(logits, row, card.classes(), candidates));
      }
    }
    return results;
  }

  /** The picture scaled and cropped to the model's size. */
  Image fit(Image image) {
    return ImageFiles.fit(image, card.input().height(), card.input().width());
  }

  /** Logits [images, classes]. */
  float[] logits(List<Image> images) {
    byte[] pixels = Pixels.of(card.input(), images);
    return predictor.run(pixels, images.size()).get(Classifier.LOGITS).values();
  }

  ImageSpec input() {
    return card.input();
  }

  @Override
  public void close() {
    predictor.close();
  }
}
