package ai.binealnet.cli;

import ai.binealnet.classify.data.ClassificationData;
import ai.binealnet.core.graph.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Data beside what was trained on it. */
final class TrainingData {
  private TrainingData() {}

  /**
   * Opens a data folder.
   *
   * @param trainedOn fingerprint of the data that a network was trained on, or null if nobody knows
   * @param say where to tell people that this is not that data
   * @throws UserError if the data is missing or damaged
   */
  static ClassificationData open(Path folder, String trainedOn, Consumer<String> say) {
    ClassificationData samples = ClassificationData.open(folder);
    if (trainedOn != null && !samples.dataHash().equals(trainedOn)) {
      say.accept("note: " + folder + " is not the data that the network was trained on");
    }
    return samples;
  }

  /**
   * Checks that labels mean to a network what they mean in the data.
   *
   * @param subject the run or model file
   * @param classes its classes
   * @throws UserError if not
   */
  static void requireClasses(ClassificationData data, Path subject, List<String> classes) {
    if (!classes.equals(data.classes())) {
      throw new UserError(
          "the data in " + data.root() + " does not fit " + subject,
          "the classes " + classes,
          data.classes().toString(),
          "give the data set that it was trained for");
    }
  }
}
