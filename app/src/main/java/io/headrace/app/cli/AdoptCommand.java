package io.headrace.app.cli;

import io.headrace.app.terminal.Numbers;
import io.headrace.app.terminal.Progress;
import io.headrace.app.terminal.Terminal;
import io.headrace.broker.adoption.Adoption;
import io.headrace.broker.adoption.AdoptionOrder;
import io.headrace.broker.adoption.AdoptionReport;
import io.headrace.ports.DiskFault;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code adopt}. */
@Command(
        name = "adopt",
        description = "Make a data directory out of one that Apache Kafka left, stopped or killed.",
        sortOptions = false,
        footer = {
            "",
            "Kafka's directory is copied and not touched, unless --in-place is said. Topics keep their",
            "ids, partitions, records and configurations, groups their offsets; transactions that were",
            "under way are aborted. What Headrace has nothing for is named. Settings of Kafka's",
            "server.properties are not in its directory: start with that file.",
            "",
            "Example:",
            "  headrace adopt /var/lib/kafka/data --data /var/lib/headrace",
            "  headrace start --data /var/lib/headrace --config /etc/kafka/server.properties"
        })
final class AdoptCommand implements Callable<Integer> {

    private static final String DEFAULT_DATA = "data";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "KAFKA_DIR",
            description = "The directory that log.dirs of Kafka's server.properties names.")
    private Path kafka;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory to be made; empty, or none yet. Default: " + DEFAULT_DATA + ".")
    private Path data;

    @Option(
            names = "--in-place",
            description = "Make KAFKA_DIR itself the data directory, and copy nothing. Kafka cannot go back to it.")
    private boolean inPlace;

    @Option(
            names = "--drop-security",
            description = "Adopt although ACLs or credentials protect the data, which nothing will do any more.")
    private boolean dropSecurity;

    @Option(names = "--dry-run", description = "Only say what would be adopted, and what would not.")
    private boolean dryRun;

    AdoptCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        AdoptionOrder order = order();
        Progress progress = new Progress(terminal, true);
        AdoptionReport report;
        try {
            report = Adoption.run(
                    order,
                    (bytes, of) -> progress.tick(() -> "copied " + Numbers.bytes(bytes) + " of " + Numbers.bytes(of)));
        } catch (FileSystemException refused) {
            throw new CommandFailed(DiskFault.inWords(refused), refused);
        } finally {
            progress.clear();
        }
        new AdoptionWords(order, report).print(terminal);
        return ExitCode.DONE;
    }

    private AdoptionOrder order() {
        if (inPlace && data != null) {
            throw new ParameterException(
                    spec.commandLine(), "--in-place makes KAFKA_DIR the data directory, so that --data says too much");
        }
        Path from = absolute(kafka);
        Path to = inPlace ? from : absolute(data == null ? Path.of(DEFAULT_DATA) : data);
        if (!inPlace && (to.startsWith(from) || from.startsWith(to))) {
            throw new ParameterException(
                    spec.commandLine(), to + " and " + from + " lie in each other; --in-place adopts without a copy");
        }
        return new AdoptionOrder(from, to, dropSecurity, dryRun);
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
