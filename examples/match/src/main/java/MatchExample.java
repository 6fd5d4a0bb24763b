import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.task.Provenance;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.Progress;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.runtime.Predictor;
import ai.binealnet.match.Match;
import ai.binealnet.match.decode.FeatureMatcher;
import ai.binealnet.match.decode.MatchDrawing;
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
      var matches = FeatureMatcher.of(model, config.extraction()).match(first, second);
      var picture = out.resolve("matches.png");
      ImageFiles.writePng(MatchDrawing.lines(first, second, matches), picture);
      System.out.println(matches.pairs().size() + " matches, drawn in " + picture);
    }
  }
}
