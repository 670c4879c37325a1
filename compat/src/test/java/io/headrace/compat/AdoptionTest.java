package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Apache Kafka served is served by Headrace, record for record, from a directory of Kafka's that was killed and from one
 * that was stopped; neither is touched, unless it is adopted in place. It is one directory: what was killed is adopted first,
 * and then started once more.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdoptionTest {

    /**
     * The ledger gets a marker that it did not have. Of a partition whose beginning was deleted Kafka names a record that is
     * no more as the latest one.
     */
    private static final Set<String> DIFFERENT = Set.of(KafkaHistory.LEDGER.toString(), KafkaHistory.CUT.toString());

    private Path directory;
    private KafkaProcess kafka;
    private Served servedByKafka;
    private Map<String, String> filesOfTheKilled;
    private Map<String, String> filesOfTheStopped;
    private AdoptTool.Outcome whileRunning;
    private AdoptTool.Outcome ofTheKilled;
    private AdoptTool.Outcome ofTheStopped;

    @BeforeAll
    void adopt(@TempDir Path temporary) throws Exception {
        directory = temporary;
        assumeFalse(TestServer.isKafka(), "Kafka adopts nothing");
        kafka = KafkaProcess.in(directory.resolve("kafka"))
                .startedQuickly()
                .set("auto.create.topics.enable", "false")
                .set("offsets.topic.num.partitions", "5")
                .set("transaction.state.log.num.partitions", "3")
                .set("group.initial.rebalance.delay.ms", "0")
                .set("log.cleaner.backoff.ms", "50")
                .formatted();
        kafka.start();
        try (JavaClients clients = new JavaClients(kafka.bootstrap())) {
            new KafkaHistory(clients).unfold();
            servedByKafka = Served.by(clients);
            whileRunning = AdoptTool.run(kafka.dataDirectory(), "--data", target("in-vain"));
            kafka.kill();
        } catch (Exception | AssertionError failure) {
            throw new AssertionError("Kafka's output:\n" + kafka.output(), failure);
        }
        filesOfTheKilled = files(kafka.dataDirectory());
        ofTheKilled = AdoptTool.run(kafka.dataDirectory(), "--data", target("killed"));
        assertThat(files(kafka.dataDirectory())).isEqualTo(filesOfTheKilled);
        copyFiles(kafka.dataDirectory(), Path.of(target("killed-in-place")));
        kafka.start();
        kafka.stop();
        copyFiles(kafka.dataDirectory(), Path.of(target("stopped-in-place")));
        filesOfTheStopped = files(kafka.dataDirectory());
        ofTheStopped = AdoptTool.run(kafka.dataDirectory(), "--data", target("stopped"));
        assertThat(files(kafka.dataDirectory())).isEqualTo(filesOfTheStopped);
    }

    @AfterAll
    void end() {
        if (kafka != null) {
            kafka.close();
        }
    }

    private String target(String name) {
        return directory.resolve(name).toString();
    }

    /** With their times, which are the age of records that have none. */
    private static void copyFiles(Path from, Path to) throws Exception {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static Map<String, String> files(Path root) throws Exception {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path));
                hashes.put(root.relativize(path).toString(), HexFormat.of().formatHex(hash));
            }
        }
        return hashes;
    }

    @Test
    void aKafkaThatRunsIsLeftAlone() {
        assertThat(whileRunning.exitCode()).isEqualTo(1);
        assertThat(whileRunning.said().strip().lines())
                .singleElement()
                .asString()
                .contains(kafka.dataDirectory() + " is in use")
                .contains("stop the Kafka that runs on it first");
        assertThat(directory.resolve("in-vain")).doesNotExist();
    }

    @Test
    void whatWasKilledIsServed() throws Exception {
        assertThat(ofTheKilled.exitCode()).as(ofTheKilled.said()).isZero();
        assertThat(ofTheKilled.said()).contains("not stopped cleanly: 8 topics, 17 partitions");

        assertServed(Path.of(target("killed")), ofTheKilled);
    }

    @Test
    void whatWasStoppedIsServed() throws Exception {
        assertThat(ofTheStopped.exitCode()).as(ofTheStopped.said()).isZero();
        assertThat(ofTheStopped.said()).contains("stopped cleanly: 8 topics, 17 partitions");

        assertServed(Path.of(target("stopped")), ofTheStopped);
    }

    @Test
    void whatWasKilledIsServedInItsPlace() throws Exception {
        assertServedInItsPlace(Path.of(target("killed-in-place")), "not stopped cleanly: 8 topics, 17 partitions");
    }

    @Test
    void whatWasStoppedIsServedInItsPlace() throws Exception {
        assertServedInItsPlace(Path.of(target("stopped-in-place")), "stopped cleanly: 8 topics, 17 partitions");
    }

    private void assertServedInItsPlace(Path data, String found) throws Exception {
        AdoptTool.Outcome adoption = AdoptTool.run(data, "--in-place");
        assertThat(adoption.exitCode()).as(adoption.said()).isZero();
        assertThat(adoption.said()).contains(found);
        assertThat(data.resolve("__cluster_metadata-0.kafka")).isDirectory();

        assertServed(data, adoption);

        AdoptTool.Outcome again = AdoptTool.run(data, "--in-place");
        assertThat(again.exitCode()).as(again.said()).isEqualTo(1);
        assertThat(again.said()).contains("a data directory of Headrace already");
    }

    private void assertServed(Path data, AdoptTool.Outcome adoption) throws Exception {
        assertThat(adoption.said())
                .contains("1 classic, 1 consumer, 2 with offsets alone")
                .contains("transactions aborted: 1 (" + KafkaHistory.VANISHED + ")");
        try (BrokerProcess broker = BrokerProcess.in(data);
                JavaClients clients = started(broker)) {
            assertTheVanishedIsAborted(clients);
            Served served = Served.by(clients);
            assertSame(served);
            assertLifeGoesOn(clients);
            assertThat(broker.stop()).isIn(0, 143);
            broker.start();
            assertThat(Served.records(clients, KafkaHistory.LEDGER, "read_committed"))
                    .extracting(ConsumerRecord::value)
                    .endsWith("goes on", "and on");
            assertThat(broker.output()).doesNotContain("damaged");
        }
    }

    private static JavaClients started(BrokerProcess broker) {
        broker.onPort(FreePort.any()).start();
        return new JavaClients(broker.bootstrap());
    }

    private static void assertTheVanishedIsAborted(JavaClients clients) throws Exception {
        Eventually.until(
                "the markers of the aborted transaction", () -> stateOf(clients) == TransactionState.COMPLETE_ABORT);
        assertThat(clients.admin().listTransactions().all().get())
                .extracting(TransactionListing::transactionalId)
                .containsExactlyInAnyOrder(KafkaHistory.WRITER, KafkaHistory.VANISHED);
    }

    private static TransactionState stateOf(JavaClients clients) throws Exception {
        return clients.admin()
                .describeTransactions(List.of(KafkaHistory.VANISHED))
                .description(KafkaHistory.VANISHED)
                .get()
                .state();
    }

    private void assertSame(Served served) {
        assertThat(served.topics()).isEqualTo(servedByKafka.topics());
        assertThat(served.configs()).isEqualTo(servedByKafka.configs());
        assertThat(served.records()).isEqualTo(servedByKafka.records());
        assertThat(served.committedRecords()).isEqualTo(servedByKafka.committedRecords());
        assertThat(served.groups()).isEqualTo(servedByKafka.groups());
        Map<String, String> offsets = new TreeMap<>(served.offsets());
        Map<String, String> offsetsOfKafka = new TreeMap<>(servedByKafka.offsets());
        offsets.keySet().removeAll(DIFFERENT);
        offsetsOfKafka.keySet().removeAll(DIFFERENT);
        assertThat(offsets).isEqualTo(offsetsOfKafka);
        assertThat(served.offsets()).containsEntry(KafkaHistory.CUT.toString(), "30 to 60, the latest record at 30");
        assertTimesLeadToTheSame(served);
    }

    /** In compacted segments Kafka does not find all records by their time; there they are compared with the records. */
    private void assertTimesLeadToTheSame(Served served) {
        Map<String, String> others = new TreeMap<>(served.offsetsByTime());
        Map<String, String> othersOfKafka = new TreeMap<>(servedByKafka.offsetsByTime());
        String compacted = KafkaHistory.TABLE + " of ";
        others.keySet().removeIf(partition -> partition.startsWith(compacted));
        othersOfKafka.keySet().removeIf(partition -> partition.startsWith(compacted));
        assertThat(others).isEqualTo(othersOfKafka);
        assertThat(served.offsetsByTime())
                .anySatisfy((expected, found) -> assertThat(expected).isEqualTo(compacted + found));
    }

    /** The same transactional id, new idempotent producers, the groups where they were. */
    private static void assertLifeGoesOn(JavaClients clients) throws Exception {
        try (Producer<String, String> producer = clients.producer("transactional.id", KafkaHistory.WRITER)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("ledger", 0, "n", "goes on")).get();
            producer.commitTransaction();
        }
        try (Producer<String, String> producer = clients.producer("transactional.id", KafkaHistory.VANISHED)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("ledger", 0, "n", "and on")).get();
            producer.commitTransaction();
        }
        clients.produce(KafkaHistory.CUT, "idempotent");
        assertGoesOnReading(clients, KafkaHistory.CLASSIC, "classic");
        assertGoesOnReading(clients, KafkaHistory.CONSUMER, "consumer");
    }

    private static void assertGoesOnReading(JavaClients clients, String group, String protocol) throws Exception {
        long committed = clients.admin()
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .get(KafkaHistory.CODECS)
                .offset();
        try (Consumer<String, String> consumer = clients.consumer("group.id", group, "group.protocol", protocol)) {
            consumer.subscribe(List.of("codecs"));
            List<ConsumerRecord<String, String>> records = JavaClients.poll(consumer, 1);
            while (records.stream().noneMatch(record -> record.partition() == KafkaHistory.CODECS.partition())) {
                records.addAll(JavaClients.poll(consumer, 1));
            }
            assertThat(records.stream()
                            .filter(record -> record.partition() == KafkaHistory.CODECS.partition())
                            .findFirst()
                            .orElseThrow()
                            .offset())
                    .isEqualTo(committed);
        }
    }
}
