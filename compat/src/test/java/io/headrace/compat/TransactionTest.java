package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Transactions of the Java client: what a read_committed consumer sees, and who may still write. */
@Timeout(120)
class TransactionTest {

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    @Test
    void aCommittedReaderSeesWhatWasCommitted() throws Exception {
        TopicPartition partition = server.clients().partition("committed");
        List<String> committed = new ArrayList<>();
        try (Producer<String, String> producer = transactional("committed")) {
            producer.initTransactions();
            for (int i = 0; i < 30; i++) {
                producer.beginTransaction();
                producer.send(record(partition, "value-" + i)).get();
                if (i % 3 == 2) {
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                    committed.add("value-" + i);
                }
            }
            producer.beginTransaction();
            producer.send(record(partition, "open")).get();

            assertThat(read(partition, "read_committed", committed.size())).isEqualTo(committed);
            assertThat(read(partition, "read_uncommitted", 31)).hasSize(31).endsWith("open");

            producer.commitTransaction();
            committed.add("open");
        }
        awaitMarkers("committed");
        assertThat(read(partition, "read_committed", committed.size())).isEqualTo(committed);
    }

    @Test
    void theProducerBeforeIsFencedAndItsTransactionAborted() throws Exception {
        TopicPartition partition = server.clients().partition("fencing");
        try (Producer<String, String> before = transactional("fencing");
                Producer<String, String> after = transactional("fencing")) {
            before.initTransactions();
            before.beginTransaction();
            before.send(record(partition, "zombie")).get();

            after.initTransactions();

            assertThatThrownBy(() -> {
                        before.send(record(partition, "zombie again")).get();
                        before.commitTransaction();
                    })
                    .isInstanceOf(Exception.class);
            after.beginTransaction();
            after.send(record(partition, "after")).get();
            after.commitTransaction();
        }

        awaitMarkers("fencing");
        assertThat(read(partition, "read_committed", 1)).containsExactly("after");
    }

    @Test
    void offsetsAreCommittedWithTheRecords() throws Exception {
        TopicPartition from = server.clients().partition("transform-from");
        TopicPartition to = server.clients().partition("transform-to");
        server.clients().produce(from, "a", "b", "c");
        try (Producer<String, String> producer = transactional("transform");
                Consumer<String, String> consumer =
                        server.clients().consumer("group.id", "transform", "isolation.level", "read_committed")) {
            producer.initTransactions();
            consumer.subscribe(List.of(from.topic()));
            List<ConsumerRecord<String, String>> records = JavaClients.poll(consumer, 3);
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            offsets.put(from, new OffsetAndMetadata(3));

            producer.beginTransaction();
            for (ConsumerRecord<String, String> record : records) {
                producer.send(record(to, record.value() + "!")).get();
            }
            producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
            producer.abortTransaction();
            assertThat(consumer.committed(Set.of(from)).get(from)).isNull();

            producer.beginTransaction();
            for (ConsumerRecord<String, String> record : records) {
                producer.send(record(to, record.value() + "?")).get();
            }
            producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
            producer.commitTransaction();
            assertThat(consumer.committed(Set.of(from)).get(from).offset()).isEqualTo(3);
        }

        awaitMarkers("transform");
        assertThat(read(to, "read_committed", 3)).containsExactly("a?", "b?", "c?");
    }

    @Test
    void aTransactionThatTakesTooLongIsAborted() throws Exception {
        TopicPartition partition = server.clients().partition("too-long");
        try (Producer<String, String> producer = transactional("too-long", "transaction.timeout.ms", "500")) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record(partition, "late")).get();

            Eventually.until(
                    "the coordinator aborts it", () -> describe("too-long").state() == TransactionState.COMPLETE_ABORT);

            assertThatThrownBy(producer::commitTransaction).isInstanceOf(KafkaException.class);
        }
        assertThat(read(partition, "read_committed", 0)).isEmpty();
    }

    @Test
    void aTimeoutThatIsTooLongIsRefused() {
        try (Producer<String, String> producer = transactional("timeout", "transaction.timeout.ms", "900001")) {
            assertThatThrownBy(producer::initTransactions).hasMessageContaining("transaction.max.timeout.ms");
        }
    }

    @Test
    void aToolSeesTransactionsAndEndsOneThatHangs() throws Exception {
        TopicPartition partition = server.clients().partition("hanging");
        Admin admin = server.clients().admin();
        try (Producer<String, String> producer = transactional("hanging")) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record(partition, "stuck")).get();

            assertThat(describe("hanging").topicPartitions()).containsExactly(partition);
            assertThat(admin.listTransactions().all().get())
                    .anyMatch(listed ->
                            listed.transactionalId().equals("hanging") && listed.state() == TransactionState.ONGOING);
            ProducerState open = admin.describeProducers(List.of(partition))
                    .partitionResult(partition)
                    .get()
                    .activeProducers()
                    .getFirst();
            assertThat(open.currentTransactionStartOffset()).hasValue(0);

            admin.abortTransaction(new AbortTransactionSpec(
                            partition,
                            open.producerId(),
                            (short) open.producerEpoch(),
                            open.coordinatorEpoch().orElse(0)))
                    .all()
                    .get();

            assertThat(admin.describeProducers(List.of(partition))
                            .partitionResult(partition)
                            .get()
                            .activeProducers()
                            .getFirst()
                            .currentTransactionStartOffset())
                    .isEmpty();
        }
    }

    private static Producer<String, String> transactional(String id, String... configs) {
        List<String> all = new ArrayList<>(List.of("transactional.id", id));
        all.addAll(List.of(configs));
        return server.clients().producer(all.toArray(String[]::new));
    }

    /** A commit is answered once it is decided; the markers that show it to readers follow. */
    private static void awaitMarkers(String id) throws Exception {
        Eventually.until("the commit is complete", () -> describe(id).state() == TransactionState.COMPLETE_COMMIT);
    }

    private static TransactionDescription describe(String id) throws Exception {
        return server.clients()
                .admin()
                .describeTransactions(List.of(id))
                .description(id)
                .get();
    }

    private static ProducerRecord<String, String> record(TopicPartition partition, String value) {
        return new ProducerRecord<>(partition.topic(), partition.partition(), null, value);
    }

    /** The values up to the end that the isolation level lets one see, which are so many. */
    private static List<String> read(TopicPartition partition, String isolation, int count) {
        try (Consumer<String, String> consumer = server.clients().consumer("isolation.level", isolation)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            List<String> values = new ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
            assertThat(values).hasSize(count);
            return values;
        }
    }
}
