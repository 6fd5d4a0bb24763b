package ai.binealnet.cli;

import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.task.Part;
import ai.binealnet.superres.data.Bicubic;
import ai.binealnet.superres.data.Pair;
import ai.binealnet.superres.data.PictureFolder;
import ai.binealnet.superres.data.SuperresData;
import ai.binealnet.superres.decode.Enlarger;
import ai.binealnet.superres.decode.SideBySide;
import ai.binealnet.superres.metric.SuperresEvaluation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model file of a super-resolution network, run by ONNX Runtime. */
final class ExportedEnlarger extends ExportedModel<SuperresData> {
  private final Enlarger enlarger;

  ExportedEnlarger(Path file, int threads) {
    super(file, threads, Enlarger.TASK);
    enlarger = Enlarger.of(predictor());
  }

  @Override
  SuperresEvaluation evaluate(SuperresData data, Part part, int limit) {
    List<PictureFolder> folders = part == Part.TEST ? data.test() : data.validation();
    Dataset<Map.Entry<String, Path>> all =
        Dataset.of(
            folders.stream()
                .flatMap(folder -> folder.files().stream().map(f -> Map.entry(folder.name(), f)))
                .toList());
    Dataset<Map.Entry<String, Path>> chosen = Spread.over(all, limit);
    SuperresEvaluation evaluation = new SuperresEvaluation();
    for (int i = 0; i < chosen.size(); i++) {
      Path file = chosen.get(i).getValue();
      Pair pair = SuperresData.read(file, enlarger.card().scale());
      evaluation.add(
          chosen.get(i).getKey(), PictureFolder.nameOf(file), pair, enlarger.enlarge(pair.low()));
    }
    return evaluation;
  }

  /** Writes {@code predictions.json}, enlarged pictures, and each beside bicubic scaling. */
  @Override
  Result predict(List<Path> pictures, Path folder, PredictOptions options) {
    PredictionFolder out = new PredictionFolder(this, folder);
    List<Object> predictions = new ArrayList<>();
    for (Path picture : pictures) {
      Image image = ImageFiles.readGreyOrColor(picture);
      Image large = enlarger.enlarge(image);
      Path file = out.picture(picture, "-x" + enlarger.card().scale(), large);
      Image bicubic = Bicubic.enlarge(image, enlarger.card().scale());
      out.picture(
          picture,
          "-compared",
          SideBySide.of(
              List.of(
                  new SideBySide.Panel("bicubic", bicubic),
                  new SideBySide.Panel("network", large))));
      Map<String, Object> prediction = new LinkedHashMap<>();
      prediction.put("image", picture.toString());
      prediction.put("scale", enlarger.card().scale());
      prediction.put("enlarged", file.toString());
      prediction.put("height", large.height());
      prediction.put("width", large.width());
      predictions.add(prediction);
      out.say("%s: %d x %d pixels".formatted(picture, large.width(), large.height()));
    }
    return out.finish(predictions);
  }
}
