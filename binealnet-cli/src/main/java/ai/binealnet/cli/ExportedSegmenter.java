package ai.binealnet.cli;

import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.task.Part;
import ai.binealnet.segment.data.SegmentData;
import ai.binealnet.segment.data.SegmentSample;
import ai.binealnet.segment.decode.ImageSegmenter;
import ai.binealnet.segment.decode.MaskPicture;
import ai.binealnet.segment.decode.Segmentation;
import ai.binealnet.segment.metric.SegmentEvaluation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model file of a segmentation network, run by ONNX Runtime. */
final class ExportedSegmenter extends ExportedModel<SegmentData> {
  private final ImageSegmenter segmenter;

  ExportedSegmenter(Path file, int threads) {
    super(file, threads, ImageSegmenter.TASK);
    segmenter = new ImageSegmenter(model());
  }

  @Override
  SegmentEvaluation evaluate(SegmentData data, Part part, int limit) {
    Dataset<SegmentSample> samples =
        Spread.over(part == Part.TEST ? data.test() : data.validation(), limit);
    SegmentEvaluation evaluation = new SegmentEvaluation(card().classes());
    for (int i = 0; i < samples.size(); i++) {
      SegmentSample sample = samples.get(i);
      evaluation.add(sample.image(), sample.labels(), segmenter.segment(sample.image()).labels());
    }
    return evaluation;
  }

  /** Writes {@code predictions.json}, label maps and pictures with colours and a legend. */
  @Override
  Result predict(List<Path> pictures, Path folder, PredictOptions options) {
    PredictionFolder out = new PredictionFolder(this, folder);
    List<Object> predictions = new ArrayList<>();
    for (Path picture : pictures) {
      Image image = ImageFiles.read(picture);
      Segmentation found = segmenter.segment(image);
      out.picture(picture, "", MaskPicture.draw(image, found));
      Path labels = out.picture(picture, "-labels", found.labels().toImage());
      Map<String, Object> prediction = new LinkedHashMap<>();
      prediction.put("image", picture.toString());
      prediction.put("labels", labels.toString());
      prediction.put("classes", found.parts());
      predictions.add(prediction);
      out.say("%s: %d classes".formatted(picture, found.parts().size()));
    }
    return out.finish(predictions);
  }
}
