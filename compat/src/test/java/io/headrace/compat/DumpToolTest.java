package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble.VerificationFlag;
import org.apache.kafka.storage.internals.checkpoint.LeaderEpochCheckpointFile;
import org.apache.kafka.storage.internals.checkpoint.OffsetCheckpointFile;
import org.apache.kafka.storage.internals.checkpoint.PartitionMetadataFile;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every file that the broker leaves is read by Kafka's own dump tool, or by the class of Kafka's that reads such a file. */
class DumpToolTest {

    private static final String METADATA = "__cluster_metadata-0";
    private static final List<String> DUMPED =
            List.of(".log", ".index", ".timeindex", ".txnindex", ".snapshot", ".checkpoint");
    private static final List<String> CODECS = List.of("none", "gzip", "snappy", "lz4", "zstd");
    private static final int RECORDS = 2_000;

    @TempDir
    Path directory;

    private final Random random = new Random(1);
    private ServerProcess server;
    private JavaClients clients;
    private Uuid topicId;

    @BeforeEach
    void start() {
        assumeFalse(TestServer.isKafka(), "Kafka's files are Kafka's");
        server = TestServer.in(directory, Map.of());
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
    void afterACleanStop() throws Exception {
        fill();
        server.stop();

        assertEveryFileIsSound();
    }

    @Test
    void afterAKillAndARecovery() throws Exception {
        fill();
        server.kill();
        server.start();
        clients.read(new TopicPartition("mixed", 0), RECORDS);
        clients.produce(new TopicPartition("mixed", 0), "after the recovery");
        server.stop();

        assertEveryFileIsSound();
    }

    @Test
    void afterAKillTheLogsThemselvesAreSound() throws Exception {
        fill();
        server.kill();

        DumpTool.Dump dump = DumpTool.of(files(".log"), "--deep-iteration");

        assertThat(dump.complaints()).isEmpty();
        assertThat(dump.printed()).doesNotContain("isvalid: false").doesNotContain("invalid bytes");
    }

    @Test
    void snapshotsOfTheMetadata() throws Exception {
        for (int hundred = 0; hundred < 2; hundred++) {
            List<NewTopic> topics = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                topics.add(new NewTopic("topic-" + hundred + "-" + i, 90, (short) 1));
            }
            clients.admin().createTopics(topics).all().get();
        }
        server.stop();

        List<Path> snapshots = files(".checkpoint");
        DumpTool.Dump dump = DumpTool.of(snapshots, "--cluster-metadata-decoder");

        assertThat(snapshots).isNotEmpty();
        assertSound(dump);
        assertThat(dump.printed()).contains("SnapshotHeader", "\"name\":\"topic-0-99\"", "SnapshotFooter");
    }

    /** Topics of every kind, several segments, every codec, producers with and without an id, an early start cut off. */
    private void fill() throws Exception {
        Map<String, String> small = Map.of("segment.bytes", "1048576", "index.interval.bytes", "1024");
        TopicPartition mixed = clients.partition("mixed", small);
        TopicPartition stamped = clients.partition("stamped", Map.of("message.timestamp.type", "LogAppendTime"));
        clients.createTopic("empty", 2);
        clients.createTopic("short-lived", 1);
        for (int round = 0; round < CODECS.size() * 2; round++) {
            try (Producer<String, String> producer = clients.producer(
                    "compression.type",
                    CODECS.get(round % CODECS.size()),
                    "enable.idempotence",
                    Boolean.toString(round < CODECS.size()),
                    "batch.size",
                    "8000",
                    "linger.ms",
                    "5")) {
                JavaClients.send(producer, records(mixed, RECORDS / CODECS.size() / 2));
                JavaClients.send(producer, records(stamped, 10));
            }
        }
        clients.admin()
                .deleteRecords(Map.of(stamped, RecordsToDelete.beforeOffset(7)))
                .all()
                .get();
        clients.admin().deleteTopics(List.of("short-lived")).all().get();
        topicId = clients.admin()
                .describeTopics(List.of("mixed"))
                .allTopicNames()
                .get()
                .get("mixed")
                .topicId();
    }

    /** Two kilobytes each that do not compress, with times that go back and forth. */
    private List<ProducerRecord<String, String>> records(TopicPartition partition, int count) {
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        long now = System.currentTimeMillis();
        for (int i = 0; i < count; i++) {
            StringBuilder value = new StringBuilder();
            while (value.length() < 2_000) {
                value.append(Long.toHexString(random.nextLong()));
            }
            long time = now - random.nextInt(100_000);
            records.add(
                    new ProducerRecord<>(partition.topic(), partition.partition(), time, "key" + i, value.toString()));
        }
        return records;
    }

    private void assertEveryFileIsSound() throws Exception {
        assertThat(files(""))
                .allSatisfy(file -> assertThat(isDumped(file) || isReadByKafka(file))
                        .as("%s is of a known kind", file)
                        .isTrue());
        assertDumpsAreSound();
        for (Path file : files("leader-epoch-checkpoint")) {
            assertThat(new LeaderEpochCheckpointFile(file.toFile(), new LogDirFailureChannel(1)).read())
                    .as("epochs in %s", file)
                    .isNotEmpty();
        }
        Path mixed = server.dataDirectory().resolve("mixed-0/partition.metadata");
        assertThat(new PartitionMetadataFile(mixed.toFile(), new LogDirFailureChannel(1))
                        .read()
                        .topicId())
                .isEqualTo(topicId);
    }

    private void assertDumpsAreSound() throws Exception {
        List<Path> users = new ArrayList<>();
        List<Path> metadata = new ArrayList<>();
        for (String suffix : DUMPED) {
            for (Path file : files(suffix)) {
                (file.getParent().endsWith(METADATA) ? metadata : users).add(file);
            }
        }
        DumpTool.Dump records = DumpTool.of(users, "--deep-iteration");
        assertSound(records);
        assertThat(records.lines("| offset:")).isGreaterThanOrEqualTo(RECORDS);
        assertThat(records.lines("offset: ")).as("entries of indexes").isGreaterThan(100);
        assertThat(records.lines("timestamp: ")).as("entries of time indexes").isGreaterThan(3);
        assertThat(records.lines("producerId: ")).as("producers in snapshots").isPositive();

        DumpTool.Dump changes = DumpTool.of(metadata, "--cluster-metadata-decoder");
        assertSound(changes);
        assertThat(changes.printed())
                .contains("TOPIC_RECORD", "PARTITION_RECORD", "CONFIG_RECORD", "REMOVE_TOPIC_RECORD");
    }

    private static void assertSound(DumpTool.Dump dump) {
        assertThat(dump.complaints()).isEmpty();
        assertThat(dump.printed()).doesNotContain("isvalid: false").doesNotContain("invalid bytes");
    }

    private static boolean isDumped(Path file) {
        return DUMPED.stream().anyMatch(suffix -> file.toString().endsWith(suffix));
    }

    private boolean isReadByKafka(Path file) {
        String name = file.getFileName().toString();
        try {
            switch (name) {
                case "leader-epoch-checkpoint" ->
                    new LeaderEpochCheckpointFile(file.toFile(), new LogDirFailureChannel(1)).read();
                case "partition.metadata" ->
                    new PartitionMetadataFile(file.toFile(), new LogDirFailureChannel(1)).read();
                case "recovery-point-offset-checkpoint",
                        "log-start-offset-checkpoint",
                        "replication-offset-checkpoint",
                        "cleaner-offset-checkpoint" ->
                    new OffsetCheckpointFile(file.toFile(), new LogDirFailureChannel(1)).read();
                case "meta.properties" ->
                    new MetaPropertiesEnsemble.Loader()
                            .addMetadataLogDir(server.dataDirectory().toString())
                            .load()
                            .verify(
                                    Optional.empty(),
                                    OptionalInt.of(1),
                                    EnumSet.of(
                                            VerificationFlag.REQUIRE_AT_LEAST_ONE_VALID,
                                            VerificationFlag.REQUIRE_METADATA_LOG_DIR));
                case ".lock", ".kafka_cleanshutdown", "quorum-state" -> {}
                default -> {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new AssertionError("Kafka cannot read " + file, e);
        }
    }

    /** All files in the data directory whose names end so. */
    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> paths = Files.walk(server.dataDirectory())) {
            return paths.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}
