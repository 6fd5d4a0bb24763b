import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.task.Provenance;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.Progress;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.runtime.Predictor;
import ai.binealnet.match.Match;
import ai.binealnet.match.decode.FeatureExtractor;
import ai.binealnet.match.decode.FeatureMaps;
import ai.binealnet.match.decode.MatchDrawing;
import ai.binealnet.match.decode.Matches;
import ai.binealnet.match.decode.RawOutputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Trains and exports a feature network, matches with the file: {@code DATA OUT [KEY=VALUE…]}. */
public final class MatchExample {
  public static void main(String[] args) throws IOException {
    var data = Path.of(args[0]);
    var out = Path.of(args[1]);
    var settings = List.of(args).subList(2, args.length);
    var run = out.resolve("run");
    var file = out.resolve("model.onnx");

    var config = ConfigFile.resolve(Match.TASK.defaults(), null, settings);
    var me = new Provenance("match-example", "");
    var trained = Match.RUNS.train(config, data, run, me, Start.FRESH, Progress.NONE);
    System.out.println("trained in " + run + ": " + trained.metrics());
    Exporter.export(Match.RUNS.load(run).graph(), ModelKind.BINARY, file);
    System.out.println("exported " + file + ": " + Files.size(file) + " bytes");

    try (var model = Predictor.open(file, 1)) { // one thread
      var scene = Match.TASK.open(data).test().get(0);
      var first = scene.pictures().get(0).get();
      var second = scene.pictures().get(1).get();
      var extractor = new FeatureExtractor(config.extraction());
      var one = extractor.extract(first, image -> run(model, image));
      var matches = Matches.of(one, extractor.extract(second, image -> run(model, image)));
      var picture = out.resolve("matches.png");
      ImageFiles.writePng(MatchDrawing.lines(first, second, matches), picture);
      System.out.println(matches.pairs().size() + " matches, drawn in " + picture);
    }
  }

  private static FeatureMaps run(Predictor model, Image image) {
    var y = model.run(image.pixels(), 1, image.height(), image.width());
    var descriptors = y.get(RawOutputs.DESCRIPTORS);
    int rows = (int) descriptors.shape()[1]; // of [1, rows, columns, dimensions]
    int columns = (int) descriptors.shape()[2];
    var reliability = y.get(RawOutputs.RELIABILITY).values();
    var repeatability = y.get(RawOutputs.REPEATABILITY).values();
    return new FeatureMaps(rows, columns, descriptors.values(), reliability, repeatability);
  }
}
