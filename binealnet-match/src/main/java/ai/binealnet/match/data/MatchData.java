package ai.binealnet.match.data;

import ai.binealnet.core.data.DataHash;
import ai.binealnet.core.data.Folders;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.TaskData;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Pictures to make training pairs from, and sequences with known homographies to judge on.
 *
 * <p>Layout: pictures anywhere below the folder {@code train}, and below {@code val} if it exists;
 * sequences (folders with {@code H1to2p} or {@code H_1_2}) anywhere below {@code test}. Without a
 * folder {@code train}, everything below the root. Pictures beside homographies are never trained
 * on. Where there is no {@code val}, every tenth picture is held out.
 *
 * @param root the folder
 * @param train pictures to train on; empty in a folder of sequences only
 * @param validation pictures held out; empty in a folder of sequences only
 * @param test sequences; may be empty
 * @param files all files that belong to the data
 */
public record MatchData(
    Path root, PictureFiles train, PictureFiles validation, List<Sequence> test, List<Path> files)
    implements TaskData {
  private static final int HELD_OUT = 10;

  /** Copies the lists. */
  public MatchData {
    test = List.copyOf(test);
    files = List.copyOf(files);
  }

  /**
   * Opens a folder; links are followed.
   *
   * @throws UserError if it does not exist, or holds neither pictures nor sequences
   */
  public static MatchData open(Path root) {
    if (!Files.isDirectory(root)) {
      throw noData(root, Files.exists(root) ? "a file" : "no such folder");
    }
    boolean parted = Files.isDirectory(root.resolve("train"));
    List<Path> pictures = pictures(parted ? root.resolve("train") : root);
    List<Path> held =
        parted && Files.isDirectory(root.resolve("val")) ? pictures(root.resolve("val")) : null;
    Set<Path> sequences = new TreeSet<>();
    if (!parted || Files.isDirectory(root.resolve("test"))) {
      walk(parted ? root.resolve("test") : root).stream()
          .map(Path::getParent)
          .filter(SequenceFiles::isSequence)
          .forEach(sequences::add);
    }
    if (pictures.isEmpty() && sequences.isEmpty()) {
      throw noData(root, "neither");
    }
    List<Sequence> test = sequences.stream().map(SequenceFiles::open).toList();
    List<Path> files = new ArrayList<>(pictures);
    files.addAll(held == null ? List.of() : held);
    sequences.forEach(folder -> files.addAll(regular(folder)));
    return held == null
        ? new MatchData(root, part(pictures, false), part(pictures, true), test, files)
        : new MatchData(root, new PictureFiles(pictures), new PictureFiles(held), test, files);
  }

  private static UserError noData(Path root, String actual) {
    return new UserError(
        "no matching data in " + root,
        "pictures to make training pairs from, or sequences with homographies (H1to2p or H_1_2)",
        actual,
        "check --data");
  }

  /** Every tenth picture, or the others. */
  private static PictureFiles part(List<Path> pictures, boolean heldOut) {
    List<Path> part = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      if ((i % HELD_OUT == HELD_OUT - 1) == heldOut) {
        part.add(pictures.get(i));
      }
    }
    return new PictureFiles(part);
  }

  private static List<Path> pictures(Path folder) {
    return walk(folder).stream()
        .filter(ImageFiles::isPicture)
        .filter(file -> !SequenceFiles.isSequence(file.getParent()))
        .toList();
  }

  /** All files below a folder but hidden ones, sorted. */
  private static List<Path> walk(Path folder) {
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw Folders.unreadable(folder, e);
    }
  }

  private static List<Path> regular(Path folder) {
    return Folders.list(folder).stream().filter(Files::isRegularFile).toList();
  }

  @Override
  public boolean isTrainable() {
    return train.size() > 0 && validation.size() > 0;
  }

  /**
   * Checks that there is something to train on.
   *
   * @throws UserError if there are no pictures outside of sequences
   */
  public void requireTraining() {
    if (!isTrainable()) {
      throw new UserError(
          "nothing to train on in " + root,
          "at least 10 pictures outside of sequences, or some in each of train and val",
          train.size() + validation.size() + " pictures, " + test.size() + " sequences",
          "add pictures; the sequences are for judging only");
    }
  }

  @Override
  public List<String> classes() {
    return List.of();
  }

  @Override
  public String dataHash() {
    return DataHash.of(root, files);
  }

  /**
   * Numbers and sizes; reads every picture.
   *
   * @throws UserError if one is damaged; names the file
   */
  @Override
  public String summary() {
    StringBuilder text = new StringBuilder();
    text.append("training pictures: ").append(sizes(train)).append('\n');
    text.append("validation pictures: ").append(sizes(validation)).append('\n');
    text.append("test sequences: ").append(test.size()).append('\n');
    for (Sequence sequence : test) {
      text.append("  ").append(sequence.name()).append(": ");
      for (Supplier<Image> picture : sequence.pictures()) {
        Image image = picture.get();
        text.append(image.width()).append('x').append(image.height()).append(' ');
      }
      text.append('\n');
    }
    return text.toString().strip();
  }

  private static String sizes(PictureFiles pictures) {
    int smallest = Integer.MAX_VALUE;
    int largest = 0;
    for (int i = 0; i < pictures.size(); i++) {
      Image image = pictures.get(i);
      smallest = Math.min(smallest, Math.min(image.height(), image.width()));
      largest = Math.max(largest, Math.max(image.height(), image.width()));
    }
    return pictures.size() == 0
        ? "none"
        : pictures.size() + ", sides of " + smallest + " to " + largest + " pixels";
  }
}
