package io.headrace.app.cli;

import io.headrace.app.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** The command line as a whole: which commands there are, and what becomes of their faults. */
public final class CommandLineTools {

    private static final int HELP_COLUMNS = 100;

    private final Terminal terminal;

    private CommandLineTools(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Runs one command of this process; returns its exit code. */
    public static int run(String[] arguments) {
        return run(Terminal.ofProcess(), arguments);
    }

    static int run(Terminal terminal, String... arguments) {
        int exitCode = commandLine(terminal).execute(arguments);
        try {
            terminal.flush();
            return exitCode;
        } catch (Terminal.OutputClosed closed) {
            return ExitCode.OUTPUT_CLOSED;
        }
    }

    static CommandLine commandLine(Terminal terminal) {
        CommandLineTools tools = new CommandLineTools(terminal);
        CommandLine headrace = new CommandLine(new HeadraceCommand(terminal));
        headrace.getCommandSpec().addOption(help());
        return headrace.addSubcommand(new StartCommand())
                .addSubcommand(new DemoCommand(terminal))
                .addSubcommand(tools.topics())
                .addSubcommand(new ProduceCommand(terminal))
                .addSubcommand(new ConsumeCommand(terminal))
                .addSubcommand(tools.groups())
                .addSubcommand(tools.configs())
                .addSubcommand(new AdoptCommand(terminal))
                .addSubcommand(new VersionCommand(terminal))
                .setExpandAtFiles(false)
                .setUsageHelpWidth(HELP_COLUMNS)
                .setOut(terminal.printer())
                .setParameterExceptionHandler((fault, _) -> {
                    terminal.say(BadUsage.inWords(fault));
                    return ExitCode.BAD_USAGE;
                })
                .setExecutionExceptionHandler((fault, command, _) -> tools.failed(fault, command));
    }

    /** For every command. */
    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .scopeType(ScopeType.INHERIT)
                .description("Show this help.")
                .build();
    }

    private CommandLine topics() {
        return new CommandLine(new TopicsCommand())
                .addSubcommand(new TopicsListCommand(terminal))
                .addSubcommand(new TopicsDescribeCommand(terminal))
                .addSubcommand(new TopicsCreateCommand(terminal))
                .addSubcommand(new TopicsAlterCommand(terminal))
                .addSubcommand(new TopicsDeleteCommand(terminal));
    }

    private CommandLine groups() {
        return new CommandLine(new GroupsCommand())
                .addSubcommand(new GroupsListCommand(terminal))
                .addSubcommand(new GroupsDescribeCommand(terminal))
                .addSubcommand(new GroupsResetCommand(terminal))
                .addSubcommand(new GroupsDeleteCommand(terminal))
                .addSubcommand(new GroupsDeleteOffsetsCommand(terminal));
    }

    private CommandLine configs() {
        return new CommandLine(new ConfigsCommand())
                .addSubcommand(new ConfigsDescribeCommand(terminal))
                .addSubcommand(new ConfigsSetCommand(terminal))
                .addSubcommand(new ConfigsDeleteCommand(terminal));
    }

    private int failed(Exception fault, CommandLine command) {
        if (fault instanceof Terminal.OutputClosed) {
            return ExitCode.OUTPUT_CLOSED;
        }
        ClusterOptions cluster = (ClusterOptions) command.getMixins().get("cluster");
        String words = Faults.inWords(fault, cluster == null ? "" : cluster.bootstrap());
        String name = command.getCommandSpec().qualifiedName();
        terminal.say(name + ": " + (words == null ? "unexpected fault" : words));
        if (words == null || cluster != null && cluster.verbose()) {
            StringWriter trace = new StringWriter();
            fault.printStackTrace(new PrintWriter(trace, true));
            terminal.say(trace.toString());
        }
        return ExitCode.FAILED;
    }
}
