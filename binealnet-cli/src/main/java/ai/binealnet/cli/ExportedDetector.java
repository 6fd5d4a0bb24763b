package ai.binealnet.cli;

import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.HorizontalFlip;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.data.Letterbox;
import ai.binealnet.core.task.Part;
import ai.binealnet.deploy.runtime.FloatTensor;
import ai.binealnet.detect.Detect;
import ai.binealnet.detect.data.DetectionData;
import ai.binealnet.detect.data.DetectionSample;
import ai.binealnet.detect.decode.BoxPainter;
import ai.binealnet.detect.decode.CenterDecoder;
import ai.binealnet.detect.decode.CocoResult;
import ai.binealnet.detect.decode.Detection;
import ai.binealnet.detect.decode.RawOutputs;
import ai.binealnet.detect.metric.DetectionEvaluation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A model file of a detector, run by ONNX Runtime. */
final class ExportedDetector extends ExportedModel<DetectionData> {
  private boolean flipTest;

  ExportedDetector(Path file, int threads) {
    super(file, threads, Detect.TASK.name());
  }

  @Override
  DetectionEvaluation evaluate(DetectionData data, Part part, int limit) {
    Dataset<DetectionSample> samples =
        Spread.over(part == Part.TEST ? data.test() : data.validation(), limit);
    DetectionEvaluation evaluation = new DetectionEvaluation(card().classes());
    for (int i = 0; i < samples.size(); i++) {
      DetectionSample sample = samples.get(i);
      evaluation.add(sample, detect(sample.image(), CenterDecoder.EVALUATION));
    }
    return evaluation;
  }

  /** What a picture of any size shows, in its own pixels. */
  List<Detection> detect(Image image, CenterDecoder decoder) {
    Letterbox letterbox = Letterbox.of(image, card().input());
    Image input = letterbox.apply(image);
    RawOutputs raw = raw(input);
    if (flipTest) {
      raw = raw.meanWithMirror(raw(HorizontalFlip.mirror(input)));
    }
    return decoder.decode(raw, 0, letterbox);
  }

  private RawOutputs raw(Image input) {
    Map<String, FloatTensor> outputs = run(input);
    int classes = card().classes().size();
    FloatTensor heatmap = output(outputs, RawOutputs.HEATMAP, 1, -1, -1, classes);
    int rows = (int) heatmap.shape()[1];
    int columns = (int) heatmap.shape()[2];
    return new RawOutputs(
        rows,
        columns,
        classes,
        heatmap.values(),
        output(outputs, RawOutputs.SIZE, 1, rows, columns, 2).values(),
        output(outputs, RawOutputs.OFFSET, 1, rows, columns, 2).values());
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
    CenterDecoder decoder = new CenterDecoder(CenterDecoder.EVALUATION.most(), options.minScore());
    List<Object> predictions = new ArrayList<>();
    for (Path picture : pictures) {
      Image image = ImageFiles.read(picture);
      List<Detection> found = detect(image, decoder);
      predictions.addAll(CocoResult.of(picture.toString(), found, card().classes()));
      out.picture(picture, "", painter.draw(image, found));
      out.say("%s: %d objects".formatted(picture, found.size()));
    }
    return out.finish(predictions);
  }
}
