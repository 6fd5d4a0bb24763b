package ai.binealnet.superres.data;

import ai.binealnet.core.graph.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the folders under a data folder are for, told by their names.
 *
 * <p>{@code train} and folders that end in {@code -train} are for training; {@code val} and {@code
 * …-val} for validation; {@code test}, {@code …-test} and every folder with a sub-folder {@code HR}
 * for testing. The pictures lie in the folder or in its sub-folder {@code HR}. A folder without
 * such sub-folders is itself a set of pictures: with a sub-folder {@code HR} a benchmark, all for
 * testing; else the last tenth is for testing and the rest for training.
 *
 * @param train folders to train on
 * @param validation folders to choose by; none if they are to be held out of train
 * @param test folders for the final figure
 */
record Layout(List<PictureFolder> train, List<PictureFolder> validation, List<PictureFolder> test) {
  private static final int HELD_OUT_SHARE = 10;

  /** Finds out what is in a folder. */
  static Layout of(Path root) {
    if (!Files.isDirectory(root)) {
      throw new UserError(
          "data folder not found: " + root,
          "a folder of pictures, or one with train folders and test folders",
          Files.exists(root) ? "a file" : "no such folder",
          "check --data");
    }
    List<PictureFolder> train = new ArrayList<>();
    List<PictureFolder> validation = new ArrayList<>();
    List<PictureFolder> test = new ArrayList<>();
    for (Path folder : PictureFolder.subFolders(root)) {
      PictureFolder pictures = PictureFolder.of(folder);
      if (!pictures.files().isEmpty()) {
        kind(folder, train, validation, test).ifPresent(list -> list.add(pictures));
      }
    }
    if (Files.isDirectory(root.resolve("HR"))) {
      return new Layout(List.of(), List.of(), List.of(PictureFolder.of(root.toAbsolutePath())));
    }
    if (train.isEmpty() && test.isEmpty()) {
      return ofPictures(root);
    }
    return new Layout(train, validation, test);
  }

  private static Optional<List<PictureFolder>> kind(
      Path folder,
      List<PictureFolder> train,
      List<PictureFolder> validation,
      List<PictureFolder> test) {
    String name = folder.getFileName().toString();
    if (isCalled(name, "train")) {
      return Optional.of(train);
    }
    if (isCalled(name, "val")) {
      return Optional.of(validation);
    }
    boolean benchmark = Files.isDirectory(folder.resolve("HR"));
    return isCalled(name, "test") || benchmark ? Optional.of(test) : Optional.empty();
  }

  private static boolean isCalled(String name, String kind) {
    return name.equals(kind) || name.endsWith("-" + kind);
  }

  /** One folder of pictures: the last tenth, at least one, is for testing. */
  private static Layout ofPictures(Path root) {
    PictureFolder all = PictureFolder.of(root.toAbsolutePath().normalize());
    int pictures = all.files().size();
    if (pictures == 0) {
      throw new UserError(
          "no pictures in " + root,
          "pictures, or folders such as train, t91-train, test, bsd100-test, set5/HR with pictures",
          "neither",
          "name the folder that holds those itself, not one above it");
    }
    int held = pictures < 3 ? 0 : Math.max(1, pictures / HELD_OUT_SHARE);
    PictureFolder first = new PictureFolder(all.name(), all.files().subList(0, pictures - held));
    PictureFolder last =
        new PictureFolder(all.name(), all.files().subList(pictures - held, pictures));
    return held == 0
        ? new Layout(List.of(), List.of(), List.of(all))
        : new Layout(List.of(first), List.of(), List.of(last));
  }
}
