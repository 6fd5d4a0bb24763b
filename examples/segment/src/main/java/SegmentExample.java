import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.task.Provenance;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.Progress;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.runtime.Predictor;
import ai.binealnet.segment.Segment;
import ai.binealnet.segment.decode.ImageSegmenter;
import ai.binealnet.segment.decode.MaskPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Trains and exports a segmentation network, runs the file: {@code DATA OUT [KEY=VALUE…]}. */
public final class SegmentExample {
  public static void main(String[] args) throws IOException {
    var data = Path.of(args[0]);
    var out = Path.of(args[1]);
    var settings = List.of(args).subList(2, args.length);
    var run = out.resolve("run");
    var file = out.resolve("model.onnx");

    var config = ConfigFile.resolve(Segment.TASK.defaults(), null, settings);
    var me = new Provenance("segment-example", "");
    var trained = Segment.RUNS.train(config, data, run, me, Start.FRESH, Progress.NONE);
    System.out.println("trained in " + run + ": " + trained.metrics());
    Exporter.export(Segment.RUNS.load(run).graph(), ModelKind.BINARY, file);
    System.out.println("exported " + file + ": " + Files.size(file) + " bytes");

    try (var model = Predictor.open(file, 1)) { // one thread
      var image = Segment.TASK.open(data).test().get(0).image();
      var found = ImageSegmenter.of(model).segment(image);
      for (var part : found.parts()) {
        System.out.printf("%-12s %5.1f %% of the pixels%n", part.name(), 100 * part.share());
      }
      var picture = out.resolve("found.png");
      ImageFiles.writePng(MaskPicture.draw(image, found), picture);
      System.out.println("drawn in " + picture);
    }
  }
}
