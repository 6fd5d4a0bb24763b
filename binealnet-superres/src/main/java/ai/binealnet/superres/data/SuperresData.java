package ai.binealnet.superres.data;

import ai.binealnet.core.data.DataHash;
import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.TaskData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures of high resolution, split three ways; see {@link Layout} for the folders. The small
 * pictures are made from them, see {@link Bicubic}.
 *
 * @param root the folder
 * @param train to train on, without those of validation
 * @param validation to choose by: folders of their own, or every {@link #VALIDATION_STEP}th picture
 *     of each train folder
 * @param test benchmark sets, for the final figure
 */
public record SuperresData(
    Path root, List<PictureFolder> train, List<PictureFolder> validation, List<PictureFolder> test)
    implements TaskData {

  /** One of so many training pictures is held out for validation. */
  public static final int VALIDATION_STEP = 20;

  /** Copies the lists. */
  public SuperresData {
    train = List.copyOf(train);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
  }

  /**
   * Opens a folder; reads no picture yet.
   *
   * @throws UserError if it is missing or holds no pictures
   */
  public static SuperresData open(Path root) {
    Layout layout = Layout.of(root);
    if (!layout.validation().isEmpty()) {
      return new SuperresData(root, layout.train(), layout.validation(), layout.test());
    }
    List<PictureFolder> train = new ArrayList<>();
    List<PictureFolder> validation = new ArrayList<>();
    for (PictureFolder folder : layout.train()) {
      train.add(folder.where(i -> !isHeldOut(i, folder.files().size())));
      validation.add(folder.where(i -> isHeldOut(i, folder.files().size())));
    }
    validation.removeIf(folder -> folder.files().isEmpty());
    return new SuperresData(root, train, validation, layout.test());
  }

  /** The last of every {@link #VALIDATION_STEP} pictures, or the last of fewer. */
  private static boolean isHeldOut(int index, int count) {
    int step = Math.min(VALIDATION_STEP, count);
    return count > 1 && index % step == step - 1;
  }

  /**
   * Training pairs, kept in memory as far as there is room; pictures smaller than a patch are left
   * out.
   *
   * @param patch size of a small patch
   * @throws UserError if there are no training pictures, or none holds a patch
   */
  public Dataset<Pair> pairs(int scale, ImageSpec patch) {
    List<Path> files = files(train);
    if (files.isEmpty()) {
      throw new UserError(
          "no pictures to train on in " + root,
          "a folder train, or folders such as t91-train and bsd200-train",
          "test pictures only",
          "name the folder above them with --data");
    }
    return new TrainingPairs(files, scale, patch);
  }

  /**
   * A picture, 8-bit RGB or grey as its file is, and what it shrinks to.
   *
   * @throws UserError if it cannot be read, or is smaller than the scale
   */
  public static Pair read(Path file, int scale) {
    Image image = ImageFiles.readGreyOrColor(file);
    if (Math.min(image.height(), image.width()) < scale) {
      throw new UserError(
          "picture too small: " + file,
          "at least " + scale + " pixels along each side",
          image.height() + " rows x " + image.width() + " columns",
          "remove it from the data");
    }
    return Pair.of(image, scale);
  }

  @Override
  public boolean isTrainable() {
    return !files(train).isEmpty();
  }

  @Override
  public List<String> classes() {
    return List.of();
  }

  @Override
  public String dataHash() {
    List<Path> files = new ArrayList<>(files(train));
    files.addAll(files(validation));
    files.addAll(files(test));
    return DataHash.of(root.toAbsolutePath(), files.stream().map(Path::toAbsolutePath).toList());
  }

  /** Reads every picture; names the first that cannot be read. */
  @Override
  public String summary() {
    StringBuilder text = new StringBuilder();
    describe("train", train, text);
    describe("validation", validation, text);
    describe("test", test, text);
    return text.toString();
  }

  private static void describe(String part, List<PictureFolder> folders, StringBuilder text) {
    for (PictureFolder folder : folders) {
      List<Image> images = folder.files().stream().map(ImageFiles::read).toList();
      double megapixels = images.stream().mapToDouble(i -> i.height() * 1e-6 * i.width()).sum();
      int smallest =
          images.stream().mapToInt(i -> Math.min(i.height(), i.width())).min().orElseThrow();
      text.append(
          "%-10s %-14s %4d pictures, %.2f megapixels, shortest side %d%n"
              .formatted(part, folder.name(), images.size(), megapixels, smallest));
    }
  }

  private static List<Path> files(List<PictureFolder> folders) {
    return folders.stream().flatMap(folder -> folder.files().stream()).toList();
  }
}
