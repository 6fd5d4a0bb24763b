package ai.binealnet.cli;

import ai.binealnet.deploy.bench.Rounds;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What measurements of inference share. */
final class BenchOptions {
  private static final double LONGEST = 3600;
  private static final int MOST_THREADS = 256;

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      description = "Threads of one run, measured one after the other (default: 1,2).")
  private List<Integer> threads = List.of(1, 2);

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "5",
      description = "Time for each measurement (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  List<Integer> threads() {
    for (int each : threads) {
      if (each < 1 || each > MOST_THREADS) {
        throw usage("'--threads': expected 1 to " + MOST_THREADS + ", got " + each);
      }
    }
    return threads.stream().distinct().toList();
  }

  Rounds rounds() {
    return Rounds.during(seconds());
  }

  double seconds() {
    if (!(seconds > 0 && seconds <= LONGEST)) {
      throw usage("'--seconds': expected more than 0, at most " + LONGEST + ", got " + seconds);
    }
    return seconds;
  }

  private ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), "Invalid value for option " + message);
  }
}
