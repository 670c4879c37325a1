package io.headrace.app.cli;

import picocli.CommandLine.Command;

/** The word {@code groups} alone. */
@Command(
        name = "groups",
        description = "List, describe and delete consumer groups, and move them to other offsets.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example:", "  headrace groups describe billing"})
final class GroupsCommand extends CommandGroup {}
