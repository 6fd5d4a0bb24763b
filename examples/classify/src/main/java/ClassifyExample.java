import ai.binealnet.classify.Classify;
import ai.binealnet.classify.decode.Classification;
import ai.binealnet.classify.model.Classifier;
import ai.binealnet.core.data.ModelCard;
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
      var card = ModelCard.of(model.metadata(), file.toString());
      var test = Classify.TASK.open(data).fitTo(card.input()).test();
      for (int i = 0; i < 10; i++) {
        var sample = test.get(i * test.size() / 10);
        var logits = model.run(sample.image().pixels(), 1).get(Classifier.LOGITS);
        var best = Classification.of(logits.values(), 0, card.classes(), 1).best();
        var truth = card.classes().get(sample.label());
        System.out.printf("%s: %s %.2f%n", truth, best.name(), best.probability());
      }
    }
  }
}
