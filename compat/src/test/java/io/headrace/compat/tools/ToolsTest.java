package io.headrace.compat.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.headrace.compat.BrokerProcess;
import io.headrace.compat.KafkaProcess;
import io.headrace.compat.ServerProcess;
import io.headrace.compat.tools.ToolProcess.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every line of {@code command-lines.txt} leaves the same exit code and output with Headrace as with Apache Kafka. */
class ToolsTest {

    /** For what only looks: Kafka answers a change before all of it shows. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final long PAUSE_NANOS = 50_000_000;

    @TempDir
    static Path directory;

    private static final List<AutoCloseable> OPENED = new ArrayList<>();
    private static Side ours;
    private static Side theirs;

    /** One server and its tools, which run on a thread of their own. */
    private record Side(ServerProcess server, ToolProcess tools, ExecutorService thread) {

        Future<Outcome> run(CommandLine line) {
            return thread.submit(() -> {
                Outcome outcome = tools.run(line.tool(), line.arguments());
                String text =
                        PlainText.of(outcome.printed(), server.dataDirectory().toString());
                return new Outcome(outcome.exitCode(), line.printsInAnyOrder() ? sorted(text) : text);
            });
        }

        private static String sorted(String text) {
            return text.lines().sorted().collect(Collectors.joining("\n"));
        }
    }

    @BeforeAll
    static void start() throws Exception {
        KafkaProcess kafka = KafkaProcess.in(directory.resolve("kafka")).startedQuickly();
        kafka.set("controller.quorum.append.linger.ms", "0");
        kafka.set("group.initial.rebalance.delay.ms", "0");
        kafka.set("log.retention.ms", "-1");
        // Else it would keep a default of min.insync.replicas in its metadata, which shows in every topic.
        kafka.feature("eligible.leader.replicas.version", 0);
        BrokerProcess headrace = BrokerProcess.in(directory.resolve("headrace")).set("log.retention.ms", "-1");
        theirs = side(kafka.formatted(), "kafka-tools");
        ours = side(headrace, "headrace-tools");
    }

    private static Side side(ServerProcess server, String folder) throws Exception {
        OPENED.add(server);
        server.start();
        OPENED.add(Scenery.on(server));
        ToolProcess tools = new ToolProcess(server, directory.resolve(folder));
        OPENED.add(tools);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        OPENED.add(thread::shutdownNow);
        return new Side(server, tools, thread);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sections")
    void theToolsDoTheSame(String name, List<CommandLine> lines) throws Exception {
        List<String> differences = new ArrayList<>();
        for (CommandLine line : lines) {
            String difference = difference(line);
            if (line.differs() == null && difference != null) {
                differences.add(difference);
            } else if (line.differs() != null && difference == null) {
                differences.add("no longer differs: " + line.text());
            }
        }

        assertThat(differences).isEmpty();
    }

    static Stream<Arguments> sections() {
        Map<String, List<CommandLine>> sections = CommandLines.read();
        return sections.entrySet().stream().map(section -> arguments(section.getKey(), section.getValue()));
    }

    /** Null if there is none. */
    private static String difference(CommandLine line) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Future<Outcome> our = ours.run(line);
            Outcome their = theirs.run(line).get();
            if (our.get().equals(their)) {
                return null;
            }
            if (line.differs() != null || !line.onlyLooks() || System.nanoTime() - deadline > 0) {
                return "%s%n---- ours: exit code %d%n%s%n---- Kafka's: exit code %d%n%s%n"
                        .formatted(
                                line.text(),
                                our.get().exitCode(),
                                our.get().printed(),
                                their.exitCode(),
                                their.printed());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @AfterAll
    static void end() throws Exception {
        for (AutoCloseable one : OPENED.reversed()) {
            one.close();
        }
        OPENED.clear();
    }
}
