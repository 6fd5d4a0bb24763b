package ai.binealnet.cli;

import ai.binealnet.classify.data.ClassificationData;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.data.ModelCard;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.instrument.LayerLog;
import ai.binealnet.core.task.TaskConfig;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.train.Checkpoint;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.LossTrend;
import ai.binealnet.core.train.RunFolder;
import ai.binealnet.core.train.RunInfo;
import ai.binealnet.core.train.RunLog;
import ai.binealnet.deploy.runtime.ModelSeal;
import ai.binealnet.detect.data.BoxDataset;
import ai.binealnet.detect.data.DetectionData;
import ai.binealnet.detect.data.LabeledBox;
import ai.binealnet.match.data.MatchData;
import ai.binealnet.segment.data.SegmentData;
import ai.binealnet.superres.decode.EnlargerCard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

/** Everything that reads files from outside, each with good files to begin with. */
final class HostileReaders {
  private static final int HEIGHT = 16;
  private static final int WIDTH = 24;
  private static final int RECORD = 3073;
  private static final int MOST = 50;
  private static final List<String> JSON =
      List.of("{", "}", "[", "]", "[".repeat(3000), "{\"a\":".repeat(3000), "null", "true", ",");
  private static final List<String> YAML =
      List.of(
          "&a [*a,*a]\n",
          "a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b]\n",
          "<<: *a",
          "!!javax.script.ScriptEngineManager [!!java.net.URL [\"http://localhost/\"]]",
          "!!binary ",
          "- ".repeat(3000),
          "{".repeat(3000),
          "? ",
          "%TAG ! tag:x:",
          "---\n",
          "|\n",
          ": ");
  private static final List<String> XML =
      List.of(
          "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
          "<!DOCTYPE a [<!ENTITY l \"lol\"><!ENTITY m \"&l;&l;&l;&l;\">]>",
          "&x;",
          "<a>".repeat(3000),
          "<![CDATA[",
          "<?xml version=\"1.1\" encoding=\"UTF-16\"?>",
          "<object>",
          "</object>",
          "<xi:include href=\"/etc/passwd\"/>");
  private static final List<String> PATHS =
      List.of("../../../../etc/passwd", "/etc/passwd", "..", ".", "\\..\\", "a/../../a", "~", "C:");

  private final Path root;
  private final List<HostileReader> all = new ArrayList<>();

  HostileReaders(Path root) throws IOException {
    this.root = root;
    pictures();
    classification();
    detection();
    segmentation();
    matching();
    training();
    settings();
    models();
  }

  List<HostileReader> all() {
    return List.copyOf(all);
  }

  private Path write(String name, byte[] content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  private Path write(String name, String text) throws IOException {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private void add(Path file, String name, List<String> words, HostileReader.Action action)
      throws IOException {
    add(new HostileReader(name, file, List.of(Files.readAllBytes(file)), words, action));
  }

  private void add(HostileReader reader) {
    all.add(reader);
  }

  /** Some colours, as a file of a format. */
  private static byte[] picture(String extension) {
    ImageFiles.openCvVersion(); // loads the library
    byte[] pixels = new byte[HEIGHT * WIDTH * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * i / 50);
    }
    Mat mat = new Mat(HEIGHT, WIDTH, CvType.CV_8UC3);
    mat.put(0, 0, pixels);
    MatOfByte encoded = new MatOfByte();
    Imgcodecs.imencode(extension, mat, encoded);
    return encoded.toArray();
  }

  private void pictures() throws IOException {
    List<String> kinds = List.of(".png", ".jpg", ".bmp", ".tiff", ".webp", ".ppm");
    for (String kind : kinds) {
      Path file = write("pictures/a" + kind, picture(kind));
      List<byte[]> seeds = List.of(picture(kind), picture(kind), picture(".png"));
      add(
          new HostileReader(
                  "picture " + kind.substring(1),
                  file,
                  seeds,
                  List.of("IDAT", "IHDR", "acTL", "RIFF", "P6 9999 9999 255\n"),
                  () -> ImageFiles.readGreyOrColor(file))
              .repairing(HostileReaders::withChecksums)
              .costing(1, 16 + 6 * ImageFiles.MAX_MEGAPIXELS));
    }
  }

  /** Corrects the checksums of a PNG as far as its chunks can be followed. */
  private static byte[] withChecksums(byte[] file) {
    byte[] repaired = file.clone();
    ByteBuffer bytes = ByteBuffer.wrap(repaired);
    for (int at = 8; at + 12 <= repaired.length; ) {
      long length = Integer.toUnsignedLong(bytes.getInt(at));
      if (at + 12 + length > repaired.length) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(repaired, at + 4, 4 + (int) length);
      bytes.putInt(at + 8 + (int) length, (int) crc.getValue());
      at += 12 + (int) length;
    }
    return repaired;
  }

  private void classification() throws IOException {
    byte[] records = new byte[3 * RECORD];
    for (int record = 0; record < 3; record++) {
      records[record * RECORD] = (byte) (record % 2);
    }
    Path folder = root.resolve("cifar");
    Path train = write("cifar/data_batch_1.bin", records);
    write("cifar/test_batch.bin", records);
    Path classes = write("cifar/batches.meta.txt", "cat\ndog\n");
    HostileReader.Action open =
        () -> {
          ClassificationData data = ClassificationData.open(folder);
          readAll(data.train());
          readAll(data.test());
        };
    add(train, "CIFAR records", List.of(), open);
    add(classes, "CIFAR classes", List.of("x\n".repeat(300)), open);
  }

  private static void readAll(Dataset<?> data) {
    for (int i = 0; i < data.size(); i++) {
      data.get(i);
    }
  }

  private void detection() throws IOException {
    for (String name : List.of("a", "b")) {
      write("voc/JPEGImages/" + name + ".jpg", picture(".jpg"));
      write("voc/Annotations/" + name + ".xml", voc(name));
      write("coco/images/" + name + ".jpg", picture(".jpg"));
    }
    Path list = write("voc/ImageSets/Main/train.txt", "a\nb\n");
    write("voc/ImageSets/Main/test.txt", "a\n");
    Path annotation = root.resolve("voc/Annotations/a.xml");
    Path voc = root.resolve("voc");
    add(annotation, "VOC annotation", join(XML, PATHS), () -> boxes(voc));
    add(
        new HostileReader(
                "VOC list", list, List.of(Files.readAllBytes(list)), PATHS, () -> boxes(voc))
            .costing(1, 256)); // a few bytes name a picture again
    Path coco = root.resolve("coco");
    Path instances = write("coco/annotations/instances_train.json", coco());
    write("coco/annotations/instances_test.json", coco());
    add(instances, "COCO", join(JSON, PATHS), () -> boxes(coco));
    copy(voc, root.resolve("named"));
    Path names = write("named/classes.txt", "cell\nother\n");

    add(names, "classes of boxes", List.of("cell\n", "\n"), () -> boxes(names.getParent()));
  }

  private static void copy(Path from, Path to) throws IOException {
    Workbench.copy(from, to);
  }

  private static List<String> join(List<String> a, List<String> b) {
    List<String> both = new ArrayList<>(a);
    both.addAll(b);
    return both;
  }

  private static String voc(String name) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <annotation><folder>x</folder><filename>%s.jpg</filename>
    <size><width>24</width><height>16</height><depth>3</depth></size>
    <object><name>cell</name><difficult>0</difficult>
    <bndbox><xmin>2</xmin><ymin>3</ymin><xmax>20</xmax><ymax>9</ymax></bndbox></object>
    <object><name>other</name><difficult>1</difficult>
    <bndbox><xmin>1</xmin><ymin>1</ymin><xmax>4</xmax><ymax>5.5</ymax></bndbox></object>
    </annotation>
    """
        .formatted(name);
  }

  private static String coco() {
    return """
    {"info": {"year": 2017}, "licenses": [],
    "images": [{"id": 1, "file_name": "a.jpg", "height": 16, "width": 24},
    {"id": 2, "file_name": "b.jpg", "height": 16, "width": 24}],
    "annotations": [{"id": 1, "image_id": 1, "category_id": 3, "bbox": [1, 2, 8.5, 6],
    "area": 51, "iscrowd": 0, "segmentation": [[1, 2, 3, 4, 5, 6]]},
    {"id": 2, "image_id": 2, "category_id": 7, "bbox": [0, 0, 24, 16], "iscrowd": 1}],
    "categories": [{"id": 3, "name": "cell"}, {"id": 7, "name": "other"}]}
    """;
  }

  /**
   * Opens detection data; every picture must lie below the folder, and every box in its picture.
   */
  private static void boxes(Path folder) throws IOException {
    DetectionData data = DetectionData.open(folder);
    data.dataHash();
    for (BoxDataset part : List.of(data.train(), data.validation(), data.test())) {
      for (int i = 0; i < Math.min(part.size(), MOST); i++) {
        if (!part.picture(i).toRealPath().startsWith(folder.toRealPath())) {
          throw new IllegalStateException(part.picture(i) + " is outside");
        }
        Image image = part.get(i).image();
        for (LabeledBox box : part.get(i).boxes()) {
          if (!(box.box().x2() <= image.width() && box.box().y2() <= image.height())) {
            throw new IllegalStateException(box + " is outside of " + image);
          }
        }
      }
    }
  }

  private void segmentation() throws IOException {
    Path folder = root.resolve("segment");
    byte[] labels = grey(new byte[HEIGHT * WIDTH]);
    for (String part : List.of("train", "test")) {
      write("segment/" + part + "/a.jpg", picture(".jpg"));
      write("segment/" + part + "/b.jpg", picture(".jpg"));
      write("segment/" + part + "annot/a.png", labels);
      write("segment/" + part + "annot/b.png", labels);
    }
    Path table = write("segment/classes.txt", "0 Sky\n1 Road\n7 Void (ignore)\n");
    HostileReader.Action open =
        () -> {
          SegmentData data = SegmentData.open(folder);
          readAll(data.train());
        };
    add(table, "table of values", List.of("(ignore)", "255 x\n", "\n0 "), open);
    Path picture = root.resolve("segment/trainannot/a.png");
    add(
        new HostileReader(
                "labels",
                picture,
                List.of(labels, picture(".png")),
                List.of("IDAT", "PLTE", "tRNS", "zTXt", "iCCP"),
                open)
            .repairing(HostileReaders::withChecksums)
            .costing(1, 16 + 8 * ImageFiles.MAX_MEGAPIXELS));
    copy(folder, root.resolve("colours"));
    Path colors = write("colours/label_colors.txt", "0 0 0 Sky\n0 0 1 Road\n");
    add(
        colors,
        "table of colours",
        List.of("0 0 0 ", "255 255 255 x\n", "1, 2, 3, y\n"),
        () -> readAll(SegmentData.open(colors.getParent()).train()));
  }

  private static byte[] grey(byte[] pixels) {
    Mat mat = new Mat(HEIGHT, WIDTH, CvType.CV_8UC1);
    mat.put(0, 0, pixels);
    MatOfByte encoded = new MatOfByte();
    Imgcodecs.imencode(".png", mat, encoded);
    return encoded.toArray();
  }

  private void matching() throws IOException {
    write("match/s/img1.png", picture(".png"));
    write("match/s/img2.png", picture(".png"));
    Path map = write("match/s/H1to2p", "1.0 0 3.5\n0 1.02 -7e-1\n1e-5 0 1\n");
    add(map, "homography", List.of(" ", "1 "), () -> MatchData.open(root.resolve("match")));
  }

  private void training() throws IOException {
    Parameter weights =
        new Parameter("w", Parameter.Role.WEIGHT, Tensor.create(Shape.of(4, 3)).fill(1));
    Parameter binary =
        new Parameter("b", Parameter.Role.BINARY_WEIGHT, Tensor.create(Shape.of(5)).fill(-2));
    List<Parameter> parameters = List.of(weights, binary);
    Path tensors = root.resolve("a.safetensors");
    Checkpoint.writeWeights(tensors, parameters);
    add(
        tensors,
        "safetensors",
        join(JSON, List.of("\"data_offsets\":[0,48]", "\"dtype\":\"F32\"", "\"shape\":[]")),
        () -> Checkpoint.initialize(tensors, parameters));
    Path folder = root.resolve("checkpoint");
    Checkpoint checkpoint = new Checkpoint(folder, "net");
    checkpoint.save(
        new Checkpoint.Position(3, 4, 5.5, new LossTrend(7, 2.5, 1.5, 0)), parameters, Map.of());
    add(
        folder.resolve("state.json"),
        "state.json",
        join(JSON, PATHS),
        () -> checkpoint.restore(parameters, Map.of()));
    RunInfo info =
        new RunInfo(
            "classify",
            "1",
            "net",
            List.of("a", "b"),
            "/data",
            "sha256:0",
            "",
            1,
            2,
            "2026-11-26",
            "",
            "",
            "",
            "");
    RunFolder run = RunFolder.create(root.resolve("run"), ClassifyConfig.defaults(), info);
    add(run.info(), "run.json", join(JSON, PATHS), run::readInfo);
    RunLog log = new RunLog(run.metrics());
    log.append(0, Map.of("loss", 2.5));
    log.append(1, Map.of("loss", 1.25));
    add(
        run.metrics(),
        "metrics.csv",
        List.of("epoch,", ",", "\n", "epoch\n"),
        () -> new RunLog(run.metrics()).truncate(1));
    Path layers =
        write(
            "run/layers.csv",
            "epoch,layer,kind,"
                + String.join(",", LayerLog.MEASURES)
                + "\n1,a,weight"
                + ",0.5".repeat(LayerLog.MEASURES.size())
                + "\n");
    add(layers, "layers.csv", List.of(",", "\n", "1,a,weight"), () -> LayerLog.read(layers));
    Trial trial = new Trial(null, 1, null, root.resolve("trial"));
    Files.createDirectories(trial.folder());
    trial.finish(Map.of("top1", 0.5));
    add(trial.folder().resolve("result.json"), "result.json", JSON, trial::top1);
  }

  private void settings() throws IOException {
    for (String name : Tasks.NAMES.split(", ")) {
      TaskConfig defaults = Tasks.named(name).runs().task().defaults();
      Path file = write("configs/" + name + ".yaml", ConfigFile.text(defaults));
      add(file, "settings of " + name, YAML, () -> ConfigFile.resolve(defaults, file, List.of()));
    }
    Path experiment =
        write(
            "experiment.yaml",
            """
            base: {backbone: {network: resnet8, width: 1.5}, training: {epochs: 3}}
            seeds: [1, 2]
            rows:
              - {name: both, published: 0.9479, settings: [backbone.binary.alpha=OUT]}
              - {name: other, settings: [], seeds: [3, 4]}
            """);
    add(experiment, "experiment", YAML, () -> ExperimentFile.read(experiment, List.of()));
  }

  private void models() throws IOException {
    card();
    model("classify", "backbone.network=resnet8", "backbone.width=0.25", "backbone.stem=FAST");
    model(
        "detect",
        "backbone.network=resnet8",
        "backbone.width=0.5",
        "head.channels=32",
        "input.height=32",
        "input.width=32");
    model(
        "segment",
        "backbone.network=resnet8",
        "backbone.width=0.5",
        "backbone.stem=FAST",
        "backbone.outputStride=4",
        "head.channels=24",
        "input.height=32",
        "input.width=32");
    model("superres", "network.blocks=1", "network.channels=8");
    model("match", "network.width=0.25", "network.dimensions=32");
  }

  /** Metadata entries, one a line. */
  private void card() throws IOException {
    String card =
        String.join(
            "\n",
            new ModelCard("classify", List.of("a", "b"), ImageSpec.cifar())
                .toMetadata()
                .get("image_spec"),
            "[\"a\",\"b\"]",
            "[{\"name\":\"conv\",\"op\":\"CONV2D\",\"inputBits\":1,\"weightBits\":1,\"reason\":\"\"}]",
            "[]",
            "2",
            "20");
    List<String> keys =
        List.of("image_spec", "classes", "layers", "work", "superres.scale", "superres.reach");
    Path file = write("card", card);
    add(
        file,
        "model card",
        join(JSON, List.of("2147483647", "-1")),
        () -> {
          String[] lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n");
          Map<String, String> metadata = new LinkedHashMap<>(Map.of("task", "classify"));
          for (int i = 0; i < Math.min(keys.size(), lines.length); i++) {
            metadata.put(keys.get(i), lines[i]);
          }
          String origin = file.toString();
          each(
              () -> ModelCard.of(metadata, origin),
              () -> ModelFiles.summary(metadata, file),
              () -> EnlargerCard.of(metadata, origin));
        });
  }

  /** All of them, though some refuse. */
  private static void each(HostileReader.Action... actions) throws Exception {
    UserError refusal = null;
    for (HostileReader.Action action : actions) {
      try {
        action.run();
      } catch (UserError e) {
        refusal = e;
      }
    }
    if (refusal != null) {
      throw refusal;
    }
  }

  private void model(String name, String... settings) throws IOException {
    Path file = root.resolve("models/" + name + ".onnx");
    Files.createDirectories(file.getParent());
    UntrainedModel.export(Tasks.named(name), file, settings);
    Path small = write("models/small.png", picture(".png"));
    Path out = root.resolve("models/out");
    List<Path> pictures = name.equals("match") ? List.of(small, small) : List.of(small);
    add(
        new HostileReader(
                "model file of " + name,
                file,
                List.of(Files.readAllBytes(file)),
                List.of("ai.binealnet", "BinaryConv2d", "image_spec", "Conv", "logits"),
                () -> {
                  try (ExportedModel<?> model = Tasks.ofModel(file).open(file, 1)) {
                    model.predict(pictures, out, new PredictOptions(true, false, 0.3));
                  }
                })
            .repairing(ModelSeal::seal)
            .costing(20, 256));
  }
}
