package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's dump tool reads what the coordinators of groups and transactions leave, and the logs with transactions in them. */
class CoordinatorDumpTest {

    // As they are written.
    private static final int ONGOING = 1;
    private static final int COMPLETE_COMMIT = 4;
    private static final int COMPLETE_ABORT = 5;
    private static final int OFFSET_COMMIT = 1;
    private static final int CLASSIC_GROUP = 2;
    private static final int CONSUMER_GROUP = 3;

    @TempDir
    Path directory;

    @Test
    void afterACleanStop() throws Exception {
        assertSoundAfter(ServerProcess::stop, List.of(".log", ".index", ".timeindex", ".txnindex", ".snapshot"));
    }

    /** Snapshots and indexes may be torn then; they are made anew from the logs. */
    @Test
    void afterAKill() throws Exception {
        assertSoundAfter(ServerProcess::kill, List.of(".log"));
    }

    private void assertSoundAfter(Consumer<ServerProcess> end, List<String> suffixes) throws Exception {
        assumeFalse(TestServer.isKafka(), "Kafka's files are Kafka's");
        try (ServerProcess server = TestServer.in(directory, Map.of())) {
            server.start();
            try (JavaClients clients = new JavaClients(server.bootstrap())) {
                transact(clients);
                end.accept(server);
            }

            assertSound(DumpTool.of(DumpTool.files(server, "ledger-0", suffixes), "--deep-iteration"));
            DumpTool.Dump transactions =
                    DumpTool.of(DumpTool.files(server, "__transaction_state-", suffixes), "--transaction-log-decoder");
            assertSound(transactions);
            assertThat(transactions.printed()).contains("bank-open", "ledger");
            for (int status : new int[] {ONGOING, COMPLETE_COMMIT, COMPLETE_ABORT}) {
                assertThat(transactions.printed()).contains("\"transactionStatus\":" + status);
            }
            DumpTool.Dump groups =
                    DumpTool.of(DumpTool.files(server, "__consumer_offsets-", suffixes), "--offsets-decoder");
            assertSound(groups);
            assertThat(groups.printed()).contains("tellers-classic", "tellers-consumer", "ledger");
            for (int type : new int[] {OFFSET_COMMIT, CLASSIC_GROUP, CONSUMER_GROUP}) {
                assertThat(groups.printed()).contains("\"type\":\"" + type + "\"");
            }
        }
    }

    /** Transactions that are committed, aborted and left open, with offsets in them, and a group of each protocol. */
    private static void transact(JavaClients clients) throws Exception {
        TopicPartition ledger = clients.partition("ledger");
        for (String protocol : List.of("classic", "consumer")) {
            var consumer = clients.consumer("group.id", "tellers-" + protocol, "group.protocol", protocol);
            consumer.subscribe(List.of("ledger"));
            Eventually.until("an assignment", () -> {
                consumer.poll(Duration.ofMillis(50));
                return !consumer.assignment().isEmpty();
            });
            consumer.commitSync(Map.of(ledger, new OffsetAndMetadata(0, "begun")));
            try (Producer<String, String> producer = clients.producer("transactional.id", "bank-" + protocol)) {
                producer.initTransactions();
                for (boolean commit : new boolean[] {true, false}) {
                    producer.beginTransaction();
                    producer.send(new ProducerRecord<>("ledger", 0, "key", "value"))
                            .get();
                    producer.sendOffsetsToTransaction(
                            Map.of(ledger, new OffsetAndMetadata(1)), consumer.groupMetadata());
                    if (commit) {
                        producer.commitTransaction();
                    } else {
                        producer.abortTransaction();
                    }
                }
            }
        }
        Producer<String, String> open = clients.producer("transactional.id", "bank-open");
        open.initTransactions();
        open.beginTransaction();
        open.send(new ProducerRecord<>("ledger", 0, "key", "open")).get();
    }

    private static void assertSound(DumpTool.Dump dump) {
        assertThat(dump.complaints()).isEmpty();
        assertThat(dump.printed()).doesNotContain("isvalid: false").doesNotContain("invalid bytes");
    }
}
