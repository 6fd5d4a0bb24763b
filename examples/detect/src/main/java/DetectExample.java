import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.task.Provenance;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.Progress;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.runtime.Predictor;
import ai.binealnet.detect.Detect;
import ai.binealnet.detect.decode.BoxPainter;
import ai.binealnet.detect.decode.ObjectDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Trains and exports a detector, runs the file: {@code DATA OUT [KEY=VALUE…]}. */
public final class DetectExample {
  public static void main(String[] args) throws IOException {
    var data = Path.of(args[0]);
    var out = Path.of(args[1]);
    var settings = List.of(args).subList(2, args.length);
    var run = out.resolve("run");
    var file = out.resolve("model.onnx");

    var config = ConfigFile.resolve(Detect.TASK.defaults(), null, settings);
    var me = new Provenance("detect-example", "");
    var trained = Detect.RUNS.train(config, data, run, me, Start.FRESH, Progress.NONE);
    System.out.println("trained in " + run + ": " + trained.metrics());
    Exporter.export(Detect.RUNS.load(run).graph(), ModelKind.BINARY, file);
    System.out.println("exported " + file + ": " + Files.size(file) + " bytes");

    try (var model = Predictor.open(file, 1)) { // one thread
      var detector = ObjectDetector.of(model);
      var classes = detector.model().card().classes();
      var image = Detect.TASK.open(data).test().get(0).image();
      var found = detector.detect(image);
      for (var each : found) {
        System.out.printf(
            "%s %.2f %s%n", classes.get(each.label()), each.score(), each.box());
      }
      var picture = out.resolve("found.png");
      ImageFiles.writePng(new BoxPainter(classes).draw(image, found), picture);
      System.out.println(found.size() + " objects, drawn in " + picture);
    }
  }
}
