package ai.binealnet.cli;

import picocli.CommandLine.Command;

/** {@code data}: groups the commands about data. */
@Command(
    name = "data",
    description = "Look at data before training on it.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = DataCheckCommand.class)
final class DataCommand {}
