package ai.binealnet.match.data;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.match.geometry.Homography;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Sequences in the layouts of Oxford's affine set ({@code img1.png}, {@code H1to2p}) and of
 * HPatches ({@code 1.ppm}, {@code H_1_2}).
 */
final class SequenceFiles {
  private static final List<String> ENDINGS = List.of("png", "ppm", "pgm", "jpg", "jpeg");
  private static final int VALUES = 9;

  private enum Layout {
    OXFORD("img%d", "H1to%dp"),
    HPATCHES("%d", "H_1_%d");

    private final String picture;
    private final String homography;

    Layout(String picture, String homography) {
      this.picture = picture;
      this.homography = homography;
    }

    private Path homography(Path folder, int number) {
      return folder.resolve(homography.formatted(number));
    }

    private boolean isIn(Path folder) {
      return Files.isRegularFile(homography(folder, 2));
    }
  }

  private SequenceFiles() {}

  /** Whether a folder holds homographies: such pictures are for judging, never for training. */
  static boolean isSequence(Path folder) {
    return Layout.OXFORD.isIn(folder) || Layout.HPATCHES.isIn(folder);
  }

  /**
   * Reads a sequence's homographies; pictures are read when asked for.
   *
   * @throws UserError if a picture is missing or a homography is none
   */
  static Sequence open(Path folder) {
    Layout layout = Layout.OXFORD.isIn(folder) ? Layout.OXFORD : Layout.HPATCHES;
    List<Supplier<Image>> pictures = new ArrayList<>();
    List<Homography> maps = new ArrayList<>();
    pictures.add(picture(folder, layout, 1));
    for (int i = 2; Files.isRegularFile(layout.homography(folder, i)); i++) {
      pictures.add(picture(folder, layout, i));
      maps.add(homography(layout.homography(folder, i)));
    }
    return new Sequence(folder.getFileName().toString(), pictures, maps);
  }

  private static Supplier<Image> picture(Path folder, Layout layout, int number) {
    String name = layout.picture.formatted(number);
    for (String ending : ENDINGS) {
      Path file = folder.resolve(name + "." + ending);
      if (Files.isRegularFile(file)) {
        return () -> ImageFiles.read(file);
      }
    }
    throw new UserError(
        "a picture is missing in the sequence " + folder,
        name + ".png (or " + String.join(", ", ENDINGS.subList(1, ENDINGS.size())) + ")",
        "no such file",
        "add the picture, or remove its homography");
  }

  private static Homography homography(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw unusable(file, e.toString(), e);
    }
    String[] words = text.strip().split("\\s+");
    if (words.length != VALUES) {
      throw unusable(file, words.length + " values", null);
    }
    try {
      double[] values = new double[VALUES];
      for (int i = 0; i < VALUES; i++) {
        values[i] = Double.parseDouble(words[i]);
      }
      return new Homography(values);
    } catch (IllegalArgumentException e) { // no number, or not invertible
      throw unusable(file, e.getMessage(), e);
    }
  }

  private static UserError unusable(Path file, String actual, Exception cause) {
    return new UserError(
        "cannot read the homography " + file,
        "9 numbers of an invertible 3 x 3 matrix, row by row",
        actual,
        "copy the file again",
        cause);
  }
}
