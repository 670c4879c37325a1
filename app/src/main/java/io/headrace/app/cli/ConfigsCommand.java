package io.headrace.app.cli;

import picocli.CommandLine.Command;

/** The word {@code configs} alone. */
@Command(
        name = "configs",
        description = "Describe, set and delete configurations of topics and brokers.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example:", "  headrace configs set --topic orders retention.ms=86400000"})
final class ConfigsCommand extends CommandGroup {}
