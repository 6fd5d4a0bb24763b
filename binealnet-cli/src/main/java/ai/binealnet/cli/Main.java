package ai.binealnet.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command {@code binealnet}. Exit codes: 0 done, 1 failed, 2 bad usage. Results go to standard
 * output, everything else to standard error.
 */
@Command(
    name = "binealnet",
    description = "Binary neural networks for vision: train, export, verify, predict.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DoctorCommand.class,
      DemoCommand.class,
      DataCommand.class,
      TrainCommand.class,
      ExperimentCommand.class,
      EvalCommand.class,
      ExportCommand.class,
      VerifyCommand.class,
      PredictCommand.class,
      SummaryCommand.class,
      CostCommand.class,
      BenchCommand.class,
      ReportCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed; the message says what to do", "2:bad usage"},
    footer = {"", "Every command takes --json and --help."})
public final class Main {
  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = run(out, err, args);
    out.flush();
    err.flush();
    System.exit(code); // the native libraries keep threads of their own
  }

  /**
   * Runs a command.
   *
   * @param out for results
   * @param err for messages and progress
   * @return the exit code
   */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = commandLine();
    line.setOut(out).setErr(err);
    Errors errors = new Errors(out, err, args);
    line.setParameterExceptionHandler(errors);
    line.setExecutionExceptionHandler(errors);
    return line.execute(args);
  }

  /** The command with its subcommands, which understands arguments. */
  static CommandLine commandLine() {
    return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
  }
}
