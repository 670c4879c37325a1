package io.headrace.app.cli;

import picocli.CommandLine.Command;

/** The word {@code topics} alone. */
@Command(
        name = "topics",
        description = "List, describe, create, alter and delete topics.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example:", "  headrace topics create orders --partitions 6"})
final class TopicsCommand extends CommandGroup {}
