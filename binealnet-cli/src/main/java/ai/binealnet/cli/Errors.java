package ai.binealnet.cli;

import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Errors in the four parts that people need: what failed, what was expected, what was found, what
 * to do. With {@code --json} one object on standard output, else text on standard error; never a
 * stack trace, which goes to a file.
 */
final class Errors implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final int FAILED = 1;
  private static final int BAD_USAGE = 2;

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;

  Errors(PrintWriter out, PrintWriter err, String... args) {
    this.out = out;
    this.err = err;
    this.json = Arrays.asList(args).contains("--json");
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    print(
        new UserError(
            "cannot understand the command line",
            command.getUsageMessage().lines().findFirst().orElse(name).trim(),
            e.getMessage(),
            "see " + name + " --help"));
    return BAD_USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof ParameterException usage) {
      return handleParseException(usage, new String[0]);
    }
    print(e instanceof UserError error ? error : unexpected(e));
    return FAILED;
  }

  private void print(UserError error) {
    if (json) {
      Map<String, Object> parts = new LinkedHashMap<>();
      parts.put("what", error.what());
      parts.put("expected", error.expected());
      parts.put("actual", error.actual());
      parts.put("remedy", error.remedy());
      out.println(Output.json(Map.of("error", parts)));
    } else {
      err.println("error: " + error.what());
      err.println("  expected:   " + error.expected());
      err.println("  actual:     " + error.actual());
      err.println("  what to do: " + error.remedy());
    }
  }

  private static UserError unexpected(Exception e) {
    return new UserError(
        "an unexpected error", "none", e.toString(), "report it with " + traceFile(e), e);
  }

  private static String traceFile(Exception e) {
    try {
      Path file = Files.createTempFile("binealnet-error-", ".txt");
      try (PrintWriter trace = new PrintWriter(file.toFile())) {
        e.printStackTrace(trace);
      }
      return "the stack trace in " + file;
    } catch (IOException failed) {
      return "this message (the stack trace could not be saved: " + failed.getMessage() + ")";
    }
  }
}
