package ai.binealnet.cli;

import ai.binealnet.core.graph.UserError;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands share: {@code --json}, {@code --help}, and how results are printed. */
abstract class Output implements Callable<Integer> {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Option(
      names = "--json",
      description = "Print one JSON object on standard output and nothing else there.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Spec private CommandSpec spec;

  /** Does the work. */
  abstract Result run() throws Exception;

  @Override
  public final Integer call() throws Exception {
    Result result = runOrExplain();
    spec.commandLine().getOut().println(json ? json(result.json()) : result.text());
    return result.ok() ? 0 : 1;
  }

  /** What the virtual machine itself gives up on is for people, too. */
  private Result runOrExplain() throws Exception {
    try {
      return run();
    } catch (OutOfMemoryError e) {
      throw new UserError(
          "the memory does not suffice",
          "more than " + (Runtime.getRuntime().maxMemory() >> 20) + " MB for the Java heap",
          e.getMessage() == null ? e.toString() : e.getMessage(),
          "lower training.batch, or set BINEALNET_JAVA_OPTS=-Xmx4g",
          e);
    } catch (LinkageError e) {
      throw new UserError(
          "a library cannot be used",
          "libraries that fit this machine",
          e.toString(),
          "see what binealnet doctor says",
          e);
    }
  }

  /** A line for people, on standard error. */
  final void say(String line) {
    spec.commandLine().getErr().println(line);
  }

  /** Whether a person watches; a pipe or a file gets plain lines. */
  static boolean isTerminal() {
    return System.console() != null;
  }

  /** A usage error, which ends with exit code 2. */
  final RuntimeException usage(String message) {
    return new picocli.CommandLine.ParameterException(spec.commandLine(), message);
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
