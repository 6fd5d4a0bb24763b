package ai.binealnet.segment.data;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.segment.decode.LabelMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Small data folders for tests, of the real pictures of the samples. */
public final class SceneData {
  /** Five road scenes in the CamVid layout. */
  public static final Path SAMPLES = Path.of("..", "samples", "segmentation", "camvid");

  private SceneData() {}

  /** The five samples. */
  public static List<SegmentSample> samples() {
    SegmentData data = SegmentData.open(SAMPLES);
    return Stream.of(data.train(), data.validation(), data.test())
        .flatMap(part -> IntStream.range(0, part.size()).mapToObj(part::get))
        .toList();
  }

  /** A folder in which the middles of the five samples are train, val and test at once. */
  public static Path five(Path root, int height, int width) throws IOException {
    Files.createDirectories(root);
    Files.copy(SAMPLES.resolve("classes.txt"), root.resolve("classes.txt"));
    for (SegmentSample sample : samples()) {
      Image image = middle(sample.image(), height, width);
      LabelMap labels = LabelMap.of(middle(sample.labels().toImage(), height, width));
      for (String split : List.of("train", "val", "test")) {
        write(root, split, sample.name(), image, stored(labels).toImage());
      }
    }
    return root;
  }

  private static Image middle(Image image, int height, int width) {
    return ImageFiles.crop(
        image, (image.height() - height) / 2, (image.width() - width) / 2, height, width);
  }

  /** The values of CamVid's files, where void is 11. */
  private static LabelMap stored(LabelMap labels) {
    byte[] values = labels.labels().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] == (byte) LabelMap.VOID ? 11 : values[i];
    }
    return new LabelMap(labels.height(), labels.width(), values);
  }

  /** Adds a picture and its label picture. */
  static void write(Path root, String split, String name, Image image, Image labels)
      throws IOException {
    for (Path folder : folders(root, split)) {
      Files.createDirectories(folder);
    }
    ImageFiles.writePng(image, root.resolve(split).resolve(name + ".png"));
    ImageFiles.writePng(labels, root.resolve(split + "annot").resolve(name + ".png"));
  }

  private static List<Path> folders(Path root, String split) {
    return List.of(root.resolve(split), root.resolve(split + "annot"));
  }
}
