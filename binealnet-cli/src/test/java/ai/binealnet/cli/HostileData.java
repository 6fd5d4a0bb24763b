package ai.binealnet.cli;

import ai.binealnet.classify.data.ClassificationData;
import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.detect.data.BoxDataset;
import ai.binealnet.detect.data.DetectionData;
import ai.binealnet.detect.data.LabeledBox;
import ai.binealnet.match.data.MatchData;
import ai.binealnet.segment.data.SegmentData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Data sets of the tasks. */
final class HostileData extends HostileGroup {
  private static final int RECORD = 3073;
  private static final int MOST = 50;
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

  HostileData(Path root) throws IOException {
    super(root);
    classification();
    detection();
    segmentation();
    matching();
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
      write("voc/JPEGImages/" + name + ".jpg", HostilePictures.picture(".jpg"));
      write("voc/Annotations/" + name + ".xml", voc(name));
      write("coco/images/" + name + ".jpg", HostilePictures.picture(".jpg"));
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
    byte[] labels = HostilePictures.grey();
    for (String part : List.of("train", "test")) {
      write("segment/" + part + "/a.jpg", HostilePictures.picture(".jpg"));
      write("segment/" + part + "/b.jpg", HostilePictures.picture(".jpg"));
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
                List.of(labels, HostilePictures.picture(".png")),
                List.of("IDAT", "PLTE", "tRNS", "zTXt", "iCCP"),
                open)
            .repairing(HostilePictures::withChecksums)
            .costing(1, 16 + 8 * ImageFiles.MAX_MEGAPIXELS));
    copy(folder, root.resolve("colours"));
    Path colors = write("colours/label_colors.txt", "0 0 0 Sky\n0 0 1 Road\n");
    add(
        colors,
        "table of colours",
        List.of("0 0 0 ", "255 255 255 x\n", "1, 2, 3, y\n"),
        () -> readAll(SegmentData.open(colors.getParent()).train()));
  }

  private void matching() throws IOException {
    write("match/s/img1.png", HostilePictures.picture(".png"));
    write("match/s/img2.png", HostilePictures.picture(".png"));
    Path map = write("match/s/H1to2p", "1.0 0 3.5\n0 1.02 -7e-1\n1e-5 0 1\n");
    add(map, "homography", List.of(" ", "1 "), () -> MatchData.open(root.resolve("match")));
  }
}
