package ai.binealnet.segment.data;

import ai.binealnet.core.data.DataHash;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.TaskData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Pictures with labels in the CamVid layout: folders {@code train}, {@code val}, {@code test} and
 * {@code trainannot}, {@code valannot}, {@code testannot}, and a {@link ClassTable}. Without {@code
 * val}, the last tenth of train is held out for validation; so it is without {@code test}, for
 * which {@code val} then stands.
 *
 * @param root the folder
 * @param table what label values mean
 * @param train to train on
 * @param validation to choose by
 * @param test for the final figure only
 */
public record SegmentData(
    Path root,
    ClassTable table,
    SegmentDataset train,
    SegmentDataset validation,
    SegmentDataset test)
    implements TaskData {
  private static final String TRAIN = "train";
  private static final String VAL = "val";
  private static final String TEST = "test";
  private static final int HELD_OUT = 10;

  /**
   * Opens a folder.
   *
   * @throws UserError if it is none, or pictures and labels do not match
   */
  public static SegmentData open(Path root) {
    boolean hasVal = SegmentDataset.exists(root, VAL);
    boolean hasTest = SegmentDataset.exists(root, TEST);
    if (!SegmentDataset.exists(root, TRAIN) || !hasVal && !hasTest) {
      throw new UserError(
          "no segmentation data in " + root,
          "folders train and trainannot, test and testannot (or val and valannot)",
          Files.isDirectory(root) ? "a folder without them" : "no such folder",
          "check --data; samples/segmentation/camvid of the repository shows the layout");
    }
    ClassTable table = ClassTable.read(root);
    SegmentDataset train = SegmentDataset.open(root, TRAIN, table);
    SegmentDataset test = SegmentDataset.open(root, hasTest ? TEST : VAL, table);
    if (hasVal && hasTest) {
      return new SegmentData(root, table, train, SegmentDataset.open(root, VAL, table), test);
    }
    int rest = train.size() - Math.max(1, train.size() / HELD_OUT);
    if (rest == 0) {
      throw new UserError(
          "no picture of " + root + " is left for validation",
          "a folder val, or at least 2 pictures in train",
          "1 picture in train",
          "add pictures");
    }
    return new SegmentData(root, table, train.part(0, rest), train.part(rest, train.size()), test);
  }

  @Override
  public List<String> classes() {
    return table.names();
  }

  /** A fingerprint of all pictures, labels and the class table. */
  @Override
  public String dataHash() {
    Stream<Path> pictures = Stream.of(train, validation, test).flatMap(SegmentDataset::files);
    return DataHash.of(root, Stream.concat(Stream.of(table.file()), pictures).toList());
  }

  /**
   * Number and sizes of the pictures and the share of each class. Reads every file.
   *
   * @throws UserError at the first one that is broken
   */
  @Override
  public String summary() {
    return String.join(
        System.lineSeparator(),
        PartSummary.of(train, classes()).text(TRAIN),
        PartSummary.of(validation, classes()).text("validation"),
        PartSummary.of(test, classes()).text(TEST));
  }
}
