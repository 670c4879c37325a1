package io.headrace.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.app.terminal.Terminal;
import io.headrace.app.terminal.TerminalProbe;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CommandLineToolsTest {

    private static final int HELP_COLUMNS = 100;

    private final TerminalProbe probe = new TerminalProbe();

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithAnExample(List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.add("--help");

        assertThat(run(arguments)).isEqualTo(ExitCode.DONE);
        assertThat(probe.out()).startsWith("Usage: headrace").contains("Example:\n  ");
        assertThat(probe.out().lines()).allMatch(line -> line.length() <= HELP_COLUMNS);
        assertThat(probe.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aWrongFlagGetsOneLineThatNamesTheCommand(List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.add("--hepl");

        assertThat(run(arguments)).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(probe.out()).isEmpty();
        assertThat(probe.err())
                .isEqualTo(String.join(" ", withName(command))
                        + ": there is no option --hepl; did you mean --help? (--help tells more)\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
                    start --prot 9092               > start: there is no option --prot; did you mean --port?
                    start --port 99999              > start: --port 99999 is refused: it takes 0 to 65535
                    start --port x                  > start: invalid value for option '--port': 'x' is not an int
                    start now                       > start: 'now' is one word too many
                    tpics                           > : there is no command tpics; did you mean topics?
                    xyz                             > : there is no command xyz
                    topics                          > topics: say which: list, describe, create, alter, delete
                    topics craete x                 > topics: there is no command craete; did you mean create?
                    topics create --partition=3 x   > topics create: there is no option --partition; did you mean --partitions?
                    topics create                   > topics create: missing required parameter: 'TOPIC'
                    topics alter x                  > topics alter: say what: --partitions, --config or --unset
                    configs set a=b                 > configs set: missing required argument (specify one of these): (-t=TOPIC | --broker=ID | --brokers)
                    consume                         > consume: missing required parameter: 'TOPIC'
                    consume x --since 5x            > consume: invalid value for option '--since': '5x' is neither like 15m nor like 2001-01-01T00:47:00Z
                    consume x -f -o 3               > consume: --from-beginning, --offset=N are mutually exclusive (specify only one)
                    consume x --json --format=%v    > consume: --format=FORMAT, --json are mutually exclusive (specify only one)
                    produce x -H a                  > produce: --header a is refused: it takes KEY=VALUE
                    produce x --json -k a           > produce: --json has keys and headers in it: leave out --key-separator, --key and --header
                    """)
    void aMistakeIsExplainedInOneLine(String line, String explanation) {
        assertThat(run(List.of(line.split(" +")))).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(probe.out()).isEmpty();
        String name = explanation.startsWith(":") ? "headrace" : "headrace ";
        assertThat(probe.err()).isEqualTo(name + explanation + " (--help tells more)\n");
    }

    @Test
    void withoutACommandThereIsTheHelpButOnTheErrorStream() {
        assertThat(run(List.of())).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(probe.out()).isEmpty();
        assertThat(probe.err()).contains("Commands:").contains("Example:");
    }

    @Test
    void versionNamesTheProtocolToo() {
        assertThat(run(List.of("version"))).isEqualTo(ExitCode.DONE);
        assertThat(probe.out()).startsWith("headrace ").contains("Apache Kafka 4.");
    }

    @Test
    void versionForMachinesIsJson() {
        assertThat(run(List.of("version", "--json"))).isEqualTo(ExitCode.DONE);
        assertThat(probe.out()).startsWith("{\"headrace\":\"").endsWith("\"}\n");
    }

    @Test
    void aReaderThatHasGoneIsNoError() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(new ByteArrayInputStream(new byte[0]), closed, err, Terminal.People.NOWHERE);

        assertThat(CommandLineTools.run(terminal, "version")).isEqualTo(ExitCode.OUTPUT_CLOSED);
        assertThat(err.size()).isZero();
    }

    private int run(List<String> arguments) {
        return CommandLineTools.run(probe.terminal(), arguments.toArray(String[]::new));
    }

    private static List<String> withName(List<String> command) {
        List<String> words = new ArrayList<>(List.of("headrace"));
        words.addAll(command);
        return words;
    }

    static Stream<List<String>> commands() {
        List<List<String>> commands = new ArrayList<>();
        add(CommandLineTools.commandLine(new TerminalProbe().terminal()), List.of(), commands);
        return commands.stream();
    }

    private static void add(CommandLine line, List<String> words, List<List<String>> commands) {
        commands.add(words);
        line.getSubcommands().forEach((name, subcommand) -> {
            List<String> longer = new ArrayList<>(words);
            longer.add(name);
            add(subcommand, longer, commands);
        });
    }
}
