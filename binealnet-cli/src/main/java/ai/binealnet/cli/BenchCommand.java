package ai.binealnet.cli;

import picocli.CommandLine.Command;

/** {@code bench}: groups the measurements. */
@Command(
    name = "bench",
    description = "Measure speed on this machine.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = BenchTrainCommand.class)
final class BenchCommand {}
