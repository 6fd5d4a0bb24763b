package ai.binealnet.cli;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.match.data.MatchData;
import ai.binealnet.match.decode.ExtractionConfig;
import ai.binealnet.match.decode.FeatureMatcher;
import ai.binealnet.match.decode.FeaturePair;
import ai.binealnet.match.decode.MatchDrawing;
import ai.binealnet.match.decode.Matches;
import ai.binealnet.match.metric.MatchEvaluation;
import ai.binealnet.match.metric.MatchEvaluator;
import ai.binealnet.match.model.MatchConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model file of a feature network, run by ONNX Runtime. */
final class ExportedMatcher extends ExportedModel<MatchData> {
  private ExtractionConfig extraction;

  ExportedMatcher(Path file, int threads) {
    super(file, threads, FeatureMatcher.TASK);
    String config = metadata().get(TrainedNetwork.CONFIG);
    extraction =
        config == null
            ? ExtractionConfig.defaults()
            : ConfigFile.parse(MatchConfig.defaults(), config).extraction();
  }

  /** On test sequences at all sizes, beside ORB, AKAZE and SIFT. */
  @Override
  MatchEvaluation evaluate(MatchData data, Part part, int limit) {
    if (part == Part.VALIDATION) {
      throw new UserError(
          "a model file of matching cannot be judged on validation pictures",
          "the test part, or a run: pairs are made from validation pictures as training does",
          "--split val with " + file(),
          "use binealnet eval RUN --split val, or leave --split out");
    }
    if (data.test().isEmpty()) {
      throw new UserError(
          "no sequences to judge on in " + data.root(),
          "folders with pictures and homographies (H1to2p or H_1_2)",
          "none",
          "give a data folder that has some, such as samples/matching");
    }
    int count = Math.min(limit, data.test().size());
    return MatchEvaluator.evaluate(data.test().subList(0, count), matcher(), true);
  }

  @Override
  void turns(int count) {
    try {
      extraction = extraction.withTurns(count);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "no such number of angles", "1 to 36", Integer.toString(count), "correct --turns", e);
    }
  }

  private FeatureMatcher matcher() {
    return FeatureMatcher.of(predictor(), extraction);
  }

  /** Writes {@code predictions.json}, the matches drawn, and both pictures laid over each other. */
  @Override
  Result predict(List<Path> pictures, Path folder, PredictOptions options) {
    if (pictures.size() != 2) {
      throw new UserError(
          "cannot match these pictures",
          "exactly two",
          Integer.toString(pictures.size()),
          "name two pictures of the same scene");
    }
    Image first = ImageFiles.read(pictures.get(0));
    Image second = ImageFiles.read(pictures.get(1));
    FeaturePair real = matcher().features(first, second);
    FeaturePair features = options.binaryDescriptors() ? real.binary() : real;
    Matches matches = features.match();
    PredictionFolder out = new PredictionFolder(this, folder);
    out.picture(pictures.get(0), "-matches", MatchDrawing.lines(first, second, matches));
    matches
        .homography()
        .ifPresent(
            found ->
                out.picture(
                    pictures.get(0), "-overlay", MatchDrawing.overlay(first, second, found)));
    out.say(
        "%d and %d key points, %d matches, %s"
            .formatted(
                features.first().size(),
                features.second().size(),
                matches.pairs().size(),
                matches.homography().isPresent() ? "one homography" : "no homography"));
    Map<String, Object> prediction = new LinkedHashMap<>();
    prediction.put("images", pictures.stream().map(Path::toString).toList());
    prediction.putAll(matches.toRecord());
    return out.finish(prediction);
  }
}
