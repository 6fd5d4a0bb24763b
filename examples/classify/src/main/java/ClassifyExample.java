import ai.binealnet.classify.Classify;
import ai.binealnet.classify.decode.ImageClassifier;
import ai.binealnet.core.task.Provenance;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.Progress;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.runtime.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Trains and exports a classifier, runs the file: {@code DATA OUT [KEY=VALUE…]}. */
public final class ClassifyExample {
  public static void main(String[] args) throws IOException {
    var data = Path.of(args[0]);
    var out = Path.of(args[1]);
    var settings = List.of(args).subList(2, args.length);
    var run = out.resolve("run");
    var file = out.resolve("model.onnx");

    var config = ConfigFile.resolve(Classify.TASK.defaults(), null, settings);
    var me = new Provenance("classify-example", "");
    var trained = Classify.RUNS.train(config, data, run, me, Start.FRESH, Progress.NONE);
    System.out.println("trained in " + run + ": " + trained.metrics());
    Exporter.export(Classify.RUNS.load(run).graph(), ModelKind.BINARY, file);
    System.out.println("exported " + file + ": " + Files.size(file) + " bytes");

    try (var model = Predictor.open(file, 1)) { // one thread
      var classifier = ImageClassifier.of(model);
      var samples = Classify.TASK.open(data);
      for (int i = 0; i < 10; i++) {
        var sample = samples.test().get(i * samples.test().size() / 10);
        var best = classifier.classify(sample.image()).best();
        var truth = samples.classes().get(sample.label());
        System.out.printf("%s: %s %.2f%n", truth, best.name(), best.probability());
      }
    }
  }
}
