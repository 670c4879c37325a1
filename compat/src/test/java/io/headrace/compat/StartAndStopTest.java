package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

        assertThat(second.output()).contains(Integer.toString(first.port())).containsIgnoringCase("in use");
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

        assertThat(broker.output()).contains(directory.resolve("file").toString());
    }

    private BrokerProcess broker(String data) {
        BrokerProcess broker = BrokerProcess.in(directory.resolve(data));
        started.add(broker);
        return broker;
    }
}
