package ai.binealnet.cli;

import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.task.Part;
import ai.binealnet.detect.data.DetectionData;
import ai.binealnet.detect.data.DetectionSample;
import ai.binealnet.detect.decode.BoxPainter;
import ai.binealnet.detect.decode.CenterDecoder;
import ai.binealnet.detect.decode.CocoResult;
import ai.binealnet.detect.decode.Detection;
import ai.binealnet.detect.decode.ObjectDetector;
import ai.binealnet.detect.metric.DetectionEvaluation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A model file of a detector, run by ONNX Runtime. */
final class ExportedDetector extends ExportedModel<DetectionData> {
  private boolean flipTest;

  ExportedDetector(Path file, int threads) {
    super(file, threads, ObjectDetector.TASK);
  }

  @Override
  DetectionEvaluation evaluate(DetectionData data, Part part, int limit) {
    Dataset<DetectionSample> samples =
        Spread.over(part == Part.TEST ? data.test() : data.validation(), limit);
    ObjectDetector detector = detector(CenterDecoder.EVALUATION);
    DetectionEvaluation evaluation = new DetectionEvaluation(card().classes());
    for (int i = 0; i < samples.size(); i++) {
      DetectionSample sample = samples.get(i);
      evaluation.add(sample, detector.detect(sample.image()));
    }
    return evaluation;
  }

  /** The detector as it was asked to look. */
  ObjectDetector detector(CenterDecoder decoder) {
    return new ObjectDetector(model(), decoder, flipTest);
  }

  @Override
  void flipTest() {
    flipTest = true;
  }

  /** Writes {@code predictions.json} in COCO's result format and the pictures with their boxes. */
  @Override
  Result predict(List<Path> pictures, Path folder, PredictOptions options) {
    PredictionFolder out = new PredictionFolder(this, folder);
    BoxPainter painter = new BoxPainter(card().classes());
    ObjectDetector detector =
        detector(new CenterDecoder(CenterDecoder.DISPLAY.most(), options.minScore()));
    List<Object> predictions = new ArrayList<>();
    for (Path picture : pictures) {
      Image image = ImageFiles.read(picture);
      List<Detection> found = detector.detect(image);
      predictions.addAll(CocoResult.of(picture.toString(), found, card().classes()));
      out.picture(picture, "", painter.draw(image, found));
      out.say("%s: %d objects".formatted(picture, found.size()));
    }
    return out.finish(predictions);
  }
}
