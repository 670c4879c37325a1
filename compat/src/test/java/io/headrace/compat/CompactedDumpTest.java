package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's dump tool reads what compaction leaves: of a log with transactions in it, and of the coordinators' own topics. */
@Timeout(180)
class CompactedDumpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int KEYS = 5;
    private static final List<String> LOGS_AND_INDEXES = List.of(".log", ".index", ".timeindex", ".txnindex");
    private static final TopicPartition OFFSETS = new TopicPartition("__consumer_offsets", 0);
    private static final TopicPartition TRANSACTIONS = new TopicPartition("__transaction_state", 0);

    @TempDir
    Path directory;

    private ServerProcess server;
    private JavaClients clients;
    private int transactions;

    /** Segments are rolled soon, so that there is something to compact. */
    @BeforeEach
    void start() {
        assumeFalse(TestServer.isKafka(), "Kafka's files are Kafka's");
        Map<String, String> settings = Map.of(
                "log.cleaner.backoff.ms", "50",
                "log.cleaner.min.cleanable.ratio", "0.01",
                "log.roll.ms", "100",
                "log.index.interval.bytes", "500",
                "offsets.topic.num.partitions", "1",
                "transaction.state.log.num.partitions", "1");
        server = TestServer.in(directory, settings);
        server.start();
        clients = new JavaClients(server.bootstrap());
    }

    @AfterEach
    void end() {
        if (server != null) {
            clients.close();
            server.close();
        }
    }

    @Test
    void whatCompactionLeavesIsSound() throws Exception {
        TopicPartition ledger = clients.partition("ledger", Map.of("cleanup.policy", "compact"));
        ConsumerGroupMetadata teller = clients.consumer("group.id", "accounts").groupMetadata();
        try (Producer<String, String> producer = clients.producer("transactional.id", "bank")) {
            producer.initTransactions();
            Eventually.until("all three logs to be compacted", PATIENCE, () -> {
                transact(producer, ledger, teller);
                return isCompacted(ledger) && isCompacted(OFFSETS) && isCompacted(TRANSACTIONS);
            });
            transact(producer, ledger, teller);
        }
        assertThat(server.stop()).isIn(0, 143);

        DumpTool.Dump records = dump(ledger, "--deep-iteration", "--print-data-log");
        assertThat(records.printed()).contains("endTxnMarker: COMMIT", "endTxnMarker: ABORT");
        assertThat(records.lines("| offset")).isLessThan((long) transactions * KEYS);
        assertThat(dump(OFFSETS, "--deep-iteration", "--offsets-decoder").printed())
                .contains("accounts")
                .contains("endTxnMarker: COMMIT");
        assertThat(dump(TRANSACTIONS, "--deep-iteration", "--transaction-log-decoder")
                        .printed())
                .contains("bank");
        DumpTool.Dump indexes = DumpTool.of(
                DumpTool.files(server, "ledger-0", List.of(".index", ".timeindex")), "--index-sanity-check");
        assertThat(indexes.complaints()).isEmpty();
        assertThat(indexes.printed()).contains("passed sanity check.");
    }

    /** Of three in turn one is aborted. */
    private void transact(Producer<String, String> producer, TopicPartition ledger, ConsumerGroupMetadata teller)
            throws Exception {
        transactions++;
        producer.beginTransaction();
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            records.add(new ProducerRecord<>(ledger.topic(), 0, "key" + key, "of transaction " + transactions));
        }
        JavaClients.send(producer, records);
        producer.sendOffsetsToTransaction(Map.of(ledger, new OffsetAndMetadata(transactions)), teller);
        if (transactions % 3 == 0) {
            producer.abortTransaction();
        } else {
            producer.commitTransaction();
        }
    }

    private boolean isCompacted(TopicPartition partition) {
        return clients.read(partition, 1).getFirst().offset() > 0;
    }

    private DumpTool.Dump dump(TopicPartition partition, String... options) throws Exception {
        DumpTool.Dump dump = DumpTool.of(DumpTool.files(server, partition.toString(), LOGS_AND_INDEXES), options);
        assertThat(dump.complaintsBesideGaps()).isEmpty();
        assertThat(dump.printed()).doesNotContain("isvalid: false").doesNotContain("invalid bytes");
        return dump;
    }
}
