import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.task.Provenance;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.Progress;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.runtime.Predictor;
import ai.binealnet.superres.Superres;
import ai.binealnet.superres.decode.Enlarger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Trains and exports a network that enlarges, runs the file: {@code DATA OUT [KEY=VALUE…]}. */
public final class SuperresExample {
  public static void main(String[] args) throws IOException {
    var data = Path.of(args[0]);
    var out = Path.of(args[1]);
    var settings = List.of(args).subList(2, args.length);
    var run = out.resolve("run");
    var file = out.resolve("model.onnx");

    var config = ConfigFile.resolve(Superres.TASK.defaults(), null, settings);
    var me = new Provenance("superres-example", "");
    var trained = Superres.RUNS.train(config, data, run, me, Start.FRESH, Progress.NONE);
    System.out.println("trained in " + run + ": " + trained.metrics());
    Exporter.export(Superres.RUNS.load(run).graph(), ModelKind.BINARY, file);
    System.out.println("exported " + file + ": " + Files.size(file) + " bytes");

    try (var model = Predictor.open(file, 1)) { // one thread
      var small = ImageFiles.read(Superres.TASK.open(data).test().get(0).files().get(0));
      var large = Enlarger.of(model).enlarge(small);
      var picture = out.resolve("large.png");
      ImageFiles.writePng(large, picture);
      System.out.println(small + " became " + large + ": " + picture);
    }
  }
}
