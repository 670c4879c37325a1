package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the process begins and ends, and what it says when it cannot. */
class StartAndStopTest {

    private static final int CANNOT_START = 1;
    private static final int BAD_CONFIGURATION = 2;

    /** What the JVM answers to SIGTERM, its shutdown hooks run. */
    private static final int TERMINATED = 143;

    @TempDir
    Path directory;

    private final List<ServerProcess> started = new ArrayList<>();

    @BeforeEach
    void onlyHeadrace() {
        assumeFalse(TestServer.isKafka(), "about Headrace's command line");
    }

    @AfterEach
    void end() {
        started.forEach(ServerProcess::close);
    }

    @Test
    void toldToEndItEndsCleanlyAndSaysSo() throws Exception {
        BrokerProcess broker = broker("data");
        broker.start();
        try (JavaClients clients = new JavaClients(broker.bootstrap())) {
            clients.produce(clients.partition("kept"), "a");
        }

        assertThat(broker.stop()).isIn(0, TERMINATED);

        assertThat(broker.output()).contains("stopped");
        assertThat(directory.resolve("data/.kafka_cleanshutdown")).exists();
    }

    @Test
    void aSecondOneOnTheSameDataIsRefused() throws Exception {
        BrokerProcess first = broker("data");
        first.start();
        BrokerProcess second = broker("data");

        assertThat(second.startInVain()).isEqualTo(CANNOT_START);

        assertThat(second.output())
                .contains(directory.resolve("data").toString())
                .containsIgnoringCase("in use");
        try (JavaClients clients = new JavaClients(first.bootstrap())) {
            TopicPartition partition = clients.partition("undisturbed");
            clients.produce(partition, "a");
            assertThat(clients.readValues(partition, 1)).containsExactly("a");
        }
    }

    @Test
    void afterAKillTheDataIsFree() {
        BrokerProcess broker = broker("data");
        broker.start();
        broker.kill();

        broker.start();

        assertThat(broker.isAlive()).isTrue();
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        BrokerProcess first = broker("one");
        first.start();
        BrokerProcess second = broker("two").onPort(first.port());

        assertThat(second.startInVain()).isEqualTo(CANNOT_START);

        assertThat(second.output())
                .contains("cannot listen on 127.0.0.1:" + first.port())
                .containsIgnoringCase("in use");
    }

    @ParameterizedTest
    @CsvSource({
        "num.partitions, none, 2147483647",
        "num.partitions, 0, 2147483647",
        "log.retention.ms, -5, -1",
        "auto.create.topics.enable, perhaps, true",
        "compression.type, brotli, zstd",
        "log.segment.bytes, 10, 1048576",
        "acks.all, never, durable"
    })
    void aBadValueIsNamedWithItsKeyAndWhatWouldBeRight(String key, String value, String inRange) {
        BrokerProcess broker = broker("data").set(key, value);

        assertThat(broker.startInVain()).isEqualTo(BAD_CONFIGURATION);

        assertThat(broker.output()).contains(key, value, inRange);
    }

    @Test
    void anUnknownKeyIsNamedWithTheOneThatWasMeant() {
        BrokerProcess broker = broker("data").set("log.retention.hour", "5");

        assertThat(broker.startInVain()).isEqualTo(BAD_CONFIGURATION);

        assertThat(broker.output()).contains("log.retention.hour", "log.retention.hours");
    }

    @Test
    void aDataDirectoryThatCannotBeIsNamed() throws Exception {
        Files.writeString(directory.resolve("file"), "in the way");
        BrokerProcess broker = broker("file/data");

        assertThat(broker.startInVain()).isEqualTo(CANNOT_START);

        assertThat(broker.output()).contains(directory.resolve("file") + " is a file");
    }

    @Test
    void aFileInPlaceOfTheDataDirectoryIsNamed() throws Exception {
        Files.writeString(directory.resolve("file"), "in the way");
        BrokerProcess broker = broker("file");

        assertThat(broker.startInVain()).isEqualTo(CANNOT_START);

        assertThat(broker.output()).contains(directory.resolve("file") + " is a file");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDataDirectoryThatCannotBeMadeIsNamedWithTheReason() {
        BrokerProcess broker = BrokerProcess.in(Path.of("/proc/headrace"));
        started.add(broker);

        assertThat(broker.startInVain()).isEqualTo(CANNOT_START);

        assertThat(broker.output()).contains("the data directory cannot be made: /proc/headrace: ");
    }

    @Test
    void aHostThatDoesNotResolveIsNamed() {
        BrokerProcess broker = broker("data").set("listeners", "PLAINTEXT://nowhere.invalid:9092");

        assertThat(broker.startInVain()).isEqualTo(CANNOT_START);

        assertThat(broker.output())
                .contains("nowhere.invalid", "there is no host of that name")
                .doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version=1\\nnode.id=7\\ncluster.id=abc\\ndirectory.id=rXUo-pfvQd-GL4dlPF9Y1w | belongs to node 7",
                "version=1\\nnode.id=one\\ncluster.id=abc\\ndirectory.id=rXUo-pfvQd-GL4dlPF9Y1w | 'one'",
                "torn | has no node.id"
            })
    void aDirectoryOfAnotherNodeOrWithDamagedPropertiesIsRefused(String properties, String why) throws Exception {
        Path file = Files.createDirectory(directory.resolve("data")).resolve("meta.properties");
        Files.writeString(file, properties.replace("\\n", "\n"));
        BrokerProcess broker = broker("data");

        assertThat(broker.startInVain()).isEqualTo(CANNOT_START);

        assertThat(broker.output())
                .contains(directory.resolve("data").toString(), why)
                .doesNotContain("Exception");
    }

    @Test
    void keysThatASingleNodeHasNoUseForAreNamedInALine() {
        BrokerProcess broker = broker("data")
                .set("listeners", "PLAINTEXT://127.0.0.1:9092,CONTROLLER://:9093")
                .set("controller.listener.names", "CONTROLLER")
                .set("num.io.threads", "8");

        broker.start();

        assertThat(broker.output())
                .contains("headrace: ignored, since a single node has no use for them: controller.listener.names,"
                        + " num.io.threads");
    }

    @Test
    void withItsDataDeletedUnderItItEndsAndSaysThatItIsNotClean() throws Exception {
        BrokerProcess broker = broker("data");
        broker.start();
        try (JavaClients clients = new JavaClients(broker.bootstrap())) {
            clients.produce(clients.partition("deleted"), "a");
        }
        deleteAll(directory.resolve("data"));

        assertThat(broker.stop()).isIn(0, TERMINATED);

        assertThat(broker.output()).contains("the stop is not clean");
    }

    private static void deleteAll(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private BrokerProcess broker(String data) {
        BrokerProcess broker = BrokerProcess.in(directory.resolve(data));
        started.add(broker);
        return broker;
    }
}
