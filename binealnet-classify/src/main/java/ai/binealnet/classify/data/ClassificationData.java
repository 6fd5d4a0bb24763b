package ai.binealnet.classify.data;

import ai.binealnet.core.data.DataHash;
import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.data.LabeledImage;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.task.TaskData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Labelled pictures, split three ways. Tune on {@code validation}; {@code test} is for the final
 * figure only.
 *
 * @param root the folder
 * @param format the layout it was found in
 * @param classes names in the order of the labels
 * @param train to train on, without the validation samples
 * @param validation held out of train, or the folder {@code val}
 * @param test the folder's own test set
 */
public record ClassificationData(
    Path root,
    Format format,
    List<String> classes,
    Dataset<LabeledImage> train,
    Dataset<LabeledImage> validation,
    Dataset<LabeledImage> test)
    implements TaskData {

  /**
   * Samples of each class held out for validation where the data brings no validation set (at most
   * a tenth of a class).
   */
  public static final int VALIDATION_PER_CLASS = 100;

  /** The folders of the image-folder layout. */
  static final List<String> SPLITS = List.of("train", "val", "test");

  /** The layouts that are understood. */
  public enum Format {
    /** {@code data_batch_*.bin}, {@code test_batch.bin}, {@code batches.meta.txt}. */
    CIFAR,
    /** {@code {train,val,test}/<class>/<picture>}; {@code val} or {@code test} may be missing. */
    IMAGE_FOLDER;

    /**
     * Finds out which layout a folder has.
     *
     * @throws UserError if it has none, or does not exist
     */
    public static Format of(Path dir) {
      if (!Files.isDirectory(dir)) {
        throw new UserError(
            "data folder not found: " + dir,
            "a folder with CIFAR-10 .bin files, or with train/<class>/<picture>",
            Files.exists(dir) ? "a file" : "no such folder",
            "check --data; samples/cifar10 of the repository is a small set to try");
      }
      if (Files.isDirectory(dir.resolve("train"))) {
        return IMAGE_FOLDER;
      }
      if (CifarFiles.isIn(dir)) {
        return CIFAR;
      }
      throw new UserError(
          "no classification data in " + dir,
          "data_batch_*.bin, test_batch.bin and batches.meta.txt, or train/<class>/<picture>",
          "neither",
          "name the folder that holds those files itself, not one above it; data check --task"
              + " looks at data of the other tasks");
    }
  }

  /** Opens a folder with {@link #VALIDATION_PER_CLASS}; pictures keep their own size. */
  public static ClassificationData open(Path dir) {
    return open(dir, VALIDATION_PER_CLASS);
  }

  /**
   * Opens a folder; pictures keep their own size.
   *
   * @param dir in one of the layouts of {@link Format}
   * @param validationPerClass samples of each class to hold out of train where there is no
   *     validation set: the last ones in file order, at most a tenth of a class; at least 0
   * @throws UserError if the data is missing or damaged; names the file
   */
  public static ClassificationData open(Path dir, int validationPerClass) {
    if (validationPerClass < 0) {
      throw new IllegalArgumentException(
          "validationPerClass must be >= 0, got " + validationPerClass);
    }
    return Format.of(dir) == Format.CIFAR
        ? openCifar(dir, validationPerClass)
        : openFolder(dir, validationPerClass);
  }

  private static ClassificationData openCifar(Path dir, int perClass) {
    List<String> classes = CifarFiles.classes(dir);
    CifarDataset all = CifarDataset.read(CifarFiles.requireTrain(dir), classes.size());
    CifarDataset test = CifarDataset.read(List.of(dir.resolve(CifarFiles.TEST)), classes.size());
    Split split = Split.holdOutLast(all.labels(), classes.size(), perClass);
    return new ClassificationData(
        dir,
        Format.CIFAR,
        classes,
        all.select(split.train()),
        all.select(split.validation()),
        test);
  }

  private static ClassificationData openFolder(Path dir, int perClass) {
    List<String> classes = ImageFolderDataset.classes(dir.resolve("train"));
    ImageFolderDataset all = ImageFolderDataset.open(dir.resolve("train"), classes);
    Path testFolder = requireTestFolder(dir);
    Dataset<LabeledImage> test = ImageFolderDataset.open(testFolder, classes);
    Path valFolder = dir.resolve("val");
    if (Files.isDirectory(valFolder) && !valFolder.equals(testFolder)) {
      Dataset<LabeledImage> validation = ImageFolderDataset.open(valFolder, classes);
      return new ClassificationData(dir, Format.IMAGE_FOLDER, classes, all, validation, test);
    }
    Split split = Split.holdOutLast(all.labels(), classes.size(), perClass);
    return new ClassificationData(
        dir,
        Format.IMAGE_FOLDER,
        classes,
        all.select(split.train()),
        all.select(split.validation()),
        test);
  }

  /** The folder test or, where there is none, val; validation samples then come out of train. */
  static Path requireTestFolder(Path dir) {
    for (String name : List.of("test", "val")) {
      if (Files.isDirectory(dir.resolve(name))) {
        return dir.resolve(name);
      }
    }
    throw new UserError(
        "no test pictures in " + dir,
        "a folder test or val beside train, with the same class folders",
        "neither",
        "move some pictures of every class from train to test");
  }

  /** A part to judge a network on. */
  public Dataset<LabeledImage> part(Part part) {
    return part == Part.TEST ? test : validation;
  }

  /** The same data with every picture brought to a network's size, see {@link ImageFiles#fit}. */
  public ClassificationData fitTo(ImageSpec spec) {
    return new ClassificationData(
        root, format, classes, fit(train, spec), fit(validation, spec), fit(test, spec));
  }

  private static Dataset<LabeledImage> fit(Dataset<LabeledImage> data, ImageSpec spec) {
    return data.map(
        sample -> sample.withImage(ImageFiles.fit(sample.image(), spec.height(), spec.width())));
  }

  /**
   * A fingerprint of the files for provenance: SHA-256 over names and contents, or names and sizes
   * where there is more than {@link DataHash#CONTENT_LIMIT} bytes. Reads the files; takes about a
   * second per 300 MB.
   */
  @Override
  public String dataHash() {
    return DataHash.of(root, DataFiles.of(root, format));
  }

  @Override
  public String summary() {
    return "%s, %d classes: %d pictures to train on, %d to validate, %d to test"
        .formatted(format, classes.size(), train.size(), validation.size(), test.size());
  }
}
