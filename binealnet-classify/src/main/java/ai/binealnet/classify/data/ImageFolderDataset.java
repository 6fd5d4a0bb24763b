package ai.binealnet.classify.data;

import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Folders;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.data.LabeledImage;
import ai.binealnet.core.graph.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Pictures in one folder per class: {@code <split>/<class>/<picture>}. A picture is decoded, in its
 * own size, whenever it is asked for; files are ordered by class, then by name.
 */
public final class ImageFolderDataset implements Dataset<LabeledImage> {
  private final List<Path> files;
  private final int[] labels;

  private ImageFolderDataset(List<Path> files, int[] labels) {
    this.files = files;
    this.labels = labels;
  }

  /**
   * Lists the pictures of a split.
   *
   * @param split the folder that holds the class folders
   * @param classes class names in the order of the labels; a class may be absent from this split
   * @throws UserError if there is a folder that is no class, an empty class folder, or a file that
   *     is no picture
   */
  public static ImageFolderDataset open(Path split, List<String> classes) {
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (Path folder : classFolders(split)) {
      int label = label(folder, classes);
      for (Path file : files(folder)) {
        files.add(requirePicture(file));
        labels.add(label);
      }
    }
    return new ImageFolderDataset(
        List.copyOf(files), labels.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The class names: the folders of a split, sorted by name. */
  public static List<String> classes(Path split) {
    return classFolders(split).stream()
        .map(folder -> folder.getFileName().toString())
        .collect(Collectors.toUnmodifiableList());
  }

  /** The class folders of a split, sorted by name; at least one. */
  static List<Path> classFolders(Path split) {
    List<Path> entries = Folders.list(split);
    for (Path entry : entries) {
      if (!Files.isDirectory(entry)) {
        throw new UserError(
            "unexpected file " + entry,
            "nothing but class folders in " + split,
            "a file",
            "move it into a class folder or remove it");
      }
    }
    if (entries.isEmpty()) {
      throw new UserError(
          "no classes in " + split,
          "one folder per class, with pictures",
          "an empty folder",
          "put the pictures there");
    }
    return entries;
  }

  /** The label of a class folder. */
  static int label(Path folder, List<String> classes) {
    int label = classes.indexOf(folder.getFileName().toString());
    if (label < 0) {
      throw new UserError(
          "unknown class folder " + folder,
          "one of the classes of the training folder: " + classes,
          folder.getFileName().toString(),
          "rename or remove it, or add the class to the training folder");
    }
    return label;
  }

  /** What a class folder holds, sorted by name; at least one file. */
  static List<Path> files(Path folder) {
    List<Path> files = Folders.list(folder);
    if (files.isEmpty()) {
      throw new UserError(
          "empty class folder " + folder,
          "at least one picture",
          "no file",
          "add pictures or remove the folder");
    }
    return files;
  }

  /** The file itself, if its name is that of a picture. */
  static Path requirePicture(Path file) {
    if (!ImageFiles.isPicture(file)) {
      throw new UserError(
          "not a picture: " + file,
          "only pictures in a class folder: "
              + ImageFiles.EXTENSIONS.stream().sorted().collect(Collectors.joining(", ")),
          Files.isDirectory(file) ? "a folder" : "a file with another extension",
          "remove it");
    }
    return file;
  }

  /** A part of this dataset, in the order given. */
  public ImageFolderDataset select(int[] indices) {
    List<Path> part =
        Arrays.stream(indices).mapToObj(files::get).collect(Collectors.toUnmodifiableList());
    return new ImageFolderDataset(part, Arrays.stream(indices).map(i -> labels[i]).toArray());
  }

  @Override
  public int size() {
    return labels.length;
  }

  /** The file of a sample. */
  public Path file(int index) {
    return files.get(index);
  }

  /** The classes of all samples. */
  public int[] labels() {
    return labels.clone();
  }

  @Override
  public LabeledImage get(int index) {
    return new LabeledImage(ImageFiles.read(files.get(index)), labels[index]);
  }
}
