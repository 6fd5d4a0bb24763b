package ai.binealnet.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code data check DIR}. */
@Command(
    name = "check",
    description = "Read every picture of a data folder and report all that is wrong with it.")
final class DataCheckCommand extends Output {
  @Parameters(paramLabel = "DIR", description = "Folder with the data.")
  private Path dir;

  @Option(
      names = "--task",
      defaultValue = "classify",
      description = "What the data is for: " + Tasks.NAMES + " (default: ${DEFAULT-VALUE}).")
  private String task;

  @Override
  Result run() {
    return Tasks.named(task).check(dir);
  }
}
