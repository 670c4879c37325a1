package io.headrace.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.wire.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a broker, and of those who wait for it, when the disk takes its time. */
@Timeout(60)
class SlowDiskTest {

    private static final int PATIENT_MS = 20_000;
    private static final int HASTY_MS = 50;
    private static final int STOP_WITHIN_MS = 500;

    /** So many that each of the two shards owns some. */
    private static final int PARTITIONS = 8;

    private static final String TOPIC = "numbers";

    @TempDir
    Path data;

    private final HangingDisk disk = new HangingDisk();
    private Broker broker;
    private Admin admin;

    @BeforeEach
    void start() throws Exception {
        broker = startBroker();
        admin = Admin.create(
                Map.of("bootstrap.servers", "127.0.0.1:" + broker.address().getPort()));
        createTopic();
    }

    @AfterEach
    void end() {
        disk.goOn();
        admin.close();
        broker.close();
    }

    private Broker startBroker() throws IOException {
        Map<String, String> settings =
                Map.of("listeners", "PLAINTEXT://127.0.0.1:0", "log.dirs", data.toString(), "num.network.threads", "2");
        return Broker.start(settings, disk, new BrokerBounds(STOP_WITHIN_MS, Long.MAX_VALUE));
    }

    private void createTopic() throws Exception {
        admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                .all()
                .get();
    }

    private PartitionProduceResponse produce(int partition, int timeoutMs) throws IOException {
        try (RawConnection connection = RawConnection.to(broker)) {
            return connection.produce(TOPIC, partition, "v", timeoutMs);
        }
    }

    @Test
    void whatIsNotDurableInTimeIsAnsweredSoAndMayStillLand() throws Exception {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            assertThat(produce(partition, PATIENT_MS).baseOffset()).isZero();
        }
        disk.hang();

        for (int partition = 0; partition < PARTITIONS; partition++) {
            PartitionProduceResponse late = produce(partition, HASTY_MS);

            assertThat(late.errorCode()).isEqualTo(ErrorCode.REQUEST_TIMED_OUT.code());
            assertThat(late.errorMessage()).contains(Integer.toString(HASTY_MS));
        }
        disk.goOn();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            assertThat(produce(partition, PATIENT_MS).baseOffset()).isEqualTo(2);
        }
    }

    @Test
    void whoWaitsForTheLogToBeOpenedIsAnsweredInTimeToo() throws Exception {
        disk.hang();

        for (int partition = 0; partition < PARTITIONS; partition++) {
            assertThat(produce(partition, HASTY_MS).errorCode()).isEqualTo(ErrorCode.REQUEST_TIMED_OUT.code());
        }
        disk.goOn();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            assertThat(produce(partition, PATIENT_MS).baseOffset()).isEqualTo(1);
        }
    }

    @Test
    void whoAsksForTheLatestOffsetWaitsForWhatWasWrittenBefore() throws Exception {
        assertThat(produce(0, PATIENT_MS).baseOffset()).isZero();
        disk.hang();
        assertThat(produce(0, HASTY_MS).errorCode()).isEqualTo(ErrorCode.REQUEST_TIMED_OUT.code());

        try (RawConnection reader = RawConnection.to(broker)) {
            reader.sendLatest(TOPIC, 0);
            assertThat(produce(0, HASTY_MS).errorCode()).isEqualTo(ErrorCode.REQUEST_TIMED_OUT.code());
            disk.goOn();

            assertThat(reader.receiveLatest()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void aTopicThatIsMadeAnewBeforeTheOldFilesAreAwayWaitsForThem() throws Exception {
        assertThat(produce(0, PATIENT_MS).baseOffset()).isZero();
        disk.hangRenames();
        admin.deleteTopics(List.of(TOPIC)).all().get();
        createTopic();
        CompletableFuture<PartitionProduceResponse> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return produce(0, PATIENT_MS);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });

        disk.goOn();

        PartitionProduceResponse produced = answer.get(PATIENT_MS, TimeUnit.MILLISECONDS);
        assertThat(ErrorCode.forCode(produced.errorCode())).isEqualTo(ErrorCode.NONE);
        assertThat(produced.baseOffset()).isZero();
    }

    @Test
    void aStopEndsUncleanlyInItsTimeAndKeepsTheDirectoryLocked() throws Exception {
        assertThat(produce(0, PATIENT_MS).baseOffset()).isZero();
        disk.hang();

        broker.close();

        assertThat(data.resolve(".kafka_cleanshutdown")).doesNotExist();
        // What hangs there may yet be written.
        assertThatThrownBy(this::startBroker).isInstanceOf(IOException.class).hasMessageContaining("in use");
        disk.breakDown();
    }
}
