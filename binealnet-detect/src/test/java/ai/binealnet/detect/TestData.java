package ai.binealnet.detect;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small data sets: real ones from the samples, and made ones. */
public final class TestData {
  public static final Path SAMPLES = Path.of("..", "samples", "detection");

  private TestData() {}

  /** Five pictures of the samples in one VOC folder, each in every part. */
  public static Path fiveImages(Path root) throws IOException {
    List<String> blood = List.of("BloodImage_00000", "BloodImage_00001", "BloodImage_00007");
    List<String> steel = List.of("patches_241", "scratches_1");
    copy("bccd", blood, root);
    copy("neu-det", steel, root);
    List<String> ids = new ArrayList<>(blood);
    ids.addAll(steel);
    for (String part : List.of("train", "val", "test")) {
      list(root, part, ids.toArray(String[]::new));
    }
    return root;
  }

  private static void copy(String set, List<String> ids, Path to) throws IOException {
    Files.createDirectories(to.resolve("JPEGImages"));
    Files.createDirectories(to.resolve("Annotations"));
    for (String id : ids) {
      for (String file : List.of("JPEGImages/" + id + ".jpg", "Annotations/" + id + ".xml")) {
        Files.copy(SAMPLES.resolve(set).resolve(file), to.resolve(file));
      }
    }
  }

  /** Writes a list of VOC. */
  public static void list(Path root, String part, String... ids) throws IOException {
    Path sets = Files.createDirectories(root.resolve("ImageSets/Main"));
    Files.write(sets.resolve(part + ".txt"), List.of(ids));
  }

  /** Writes a grey picture of 40 columns and 30 rows and its annotation. */
  public static void picture(Path root, String id, String... objects) throws IOException {
    Path pictures = Files.createDirectories(root.resolve("JPEGImages"));
    ImageFiles.writePng(new Image(30, 40, 1, new byte[1200]), pictures.resolve(id + ".png"));
    xml(root, id, "<size><width>40</width><height>30</height></size>" + String.join("", objects));
  }

  /** Writes an annotation. */
  public static void xml(Path root, String id, String content) throws IOException {
    Path annotations = Files.createDirectories(root.resolve("Annotations"));
    Files.writeString(annotations.resolve(id + ".xml"), "<annotation>" + content + "</annotation>");
  }

  /** An object of VOC. */
  public static String object(String name, Object x1, Object y1, Object x2, Object y2) {
    return ("<object><name>%s</name><bndbox><xmin>%s</xmin><ymin>%s</ymin><xmax>%s</xmax>"
            + "<ymax>%s</ymax></bndbox></object>")
        .formatted(name, x1, y1, x2, y2);
  }
}
