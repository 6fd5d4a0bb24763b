package ai.binealnet.core.task;

import java.nio.file.Path;
import java.util.List;

/** The data of a task. Its test part is for the final figure only. */
public interface TaskData {
  /** The folder. */
  Path root();

  /** Names in the order of the labels; empty for a task without classes. */
  List<String> classes();

  /** A fingerprint of the files; equal data has equal ones. */
  String dataHash();

  /** Whether there is anything to train on; otherwise the data is for judging only. */
  default boolean isTrainable() {
    return true;
  }

  /** What the data holds and what was left out of it, for people; a line for each fact. */
  String summary();
}
