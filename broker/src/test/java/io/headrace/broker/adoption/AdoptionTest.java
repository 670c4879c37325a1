package io.headrace.broker.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.broker.Broker;
import io.headrace.broker.DataDirectory;
import io.headrace.metadata.LocalMetadataLog;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.MetadataLoad;
import io.headrace.metadata.adoption.NotAdoptable;
import io.headrace.runtime.DirectoryLock;
import io.headrace.runtime.NioDisk;
import io.headrace.runtime.SystemTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.ConfigRecord;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that were made by hand; what Apache Kafka itself leaves is adopted in compat. */
final class AdoptionTest {

    @TempDir
    private Path temporary;

    private Path kafka;
    private Path target;

    @BeforeEach
    void name() {
        kafka = temporary.resolve("kafka");
        target = temporary.resolve("headrace");
    }

    private AdoptionReport adopt() throws IOException {
        return Adoption.run(new AdoptionOrder(kafka, target, false, false), (_, _) -> {});
    }

    private AdoptionReport adoptInPlace() throws IOException {
        return Adoption.run(new AdoptionOrder(kafka, kafka, false, false), (_, _) -> {});
    }

    private void assertRefused(String why) throws IOException {
        Map<String, String> before = files(temporary);
        assertThatThrownBy(this::adopt)
                .isInstanceOf(NotAdoptable.class)
                .hasMessageContaining(why)
                .message()
                .doesNotContain("\n");
        assertThat(files(temporary)).as("nothing was changed").isEqualTo(before);
    }

    private static Map<String, String> files(Path root) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList()) {
                files.put(
                        path.toString(),
                        Files.isDirectory(path)
                                ? "directory"
                                : new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    private static MetadataImage imageIn(Path data) throws IOException {
        MetadataLoad load = LocalMetadataLog.loading(new NioDisk(), data, "c", new SystemTime())
                .run();
        load.log().abandon();
        return load.image();
    }

    // ---- what is adopted

    @Test
    void aDirectoryIsCopiedAndNotTouched() throws IOException {
        KafkaMade.in(kafka);
        Map<String, String> before = files(kafka);

        AdoptionReport report = adopt();

        assertThat(files(kafka)).isEqualTo(before);
        assertThat(report.cleanlyStopped()).isTrue();
        assertThat(report.topics()).isEqualTo(1);
        assertThat(report.leftBehind()).isEmpty();
        assertThat(imageIn(target).topic(KafkaMade.FLIGHTS).name()).isEqualTo("flights");
        assertThat(target.resolve(".kafka_cleanshutdown")).exists();
        assertThat(target.resolve(DataDirectory.ADOPTING)).doesNotExist();
        assertThat(target.resolve("flights-0").resolve(KafkaMade.LOG))
                .hasSameBinaryContentAs(kafka.resolve("flights-0").resolve(KafkaMade.LOG));
        startAndStop(target);
    }

    private static void startAndStop(Path data) throws IOException {
        try (Broker broker =
                Broker.start(Map.of("log.dirs", data.toString(), "listeners", "PLAINTEXT://127.0.0.1:0"))) {
            assertThat(broker.clusterId()).isEqualTo("c");
        }
    }

    @Test
    void inPlaceTheDirectoryItselfBecomesOurs() throws IOException {
        KafkaMade.in(kafka);

        adoptInPlace();

        assertThat(imageIn(kafka).topic(KafkaMade.FLIGHTS).name()).isEqualTo("flights");
        assertThat(kafka.resolve(KafkaDirectory.METADATA_KEPT).resolve("quorum-state"))
                .exists();
        startAndStop(kafka);
        assertThatThrownBy(this::adoptInPlace).hasMessageContaining("a data directory of Headrace already");
    }

    @Test
    void inPlaceAnInterruptedAdoptionIsRunAgain() throws IOException {
        KafkaMade.in(kafka).directory(DataDirectory.ADOPTING).put(DataDirectory.ADOPTING + "/x", "half");
        Files.move(kafka.resolve(KafkaDirectory.METADATA), kafka.resolve(KafkaDirectory.METADATA_KEPT));
        Files.createDirectories(kafka.resolve(KafkaDirectory.METADATA));
        Files.writeString(kafka.resolve(KafkaDirectory.METADATA).resolve("y"), "half");

        assertThatThrownBy(() -> startAndStop(kafka)).hasMessageContaining("the adoption was interrupted");
        adoptInPlace();

        assertThat(imageIn(kafka).topic(KafkaMade.FLIGHTS).name()).isEqualTo("flights");
        startAndStop(kafka);
    }

    @Test
    void afterAKillTheTornEndOfTheMetadataIsLeftOut() throws IOException {
        KafkaMade.in(kafka)
                .delete(".kafka_cleanshutdown")
                .append(KafkaDirectory.METADATA + "/" + KafkaMade.LOG, "half a batch");

        AdoptionReport report = adopt();

        assertThat(report.cleanlyStopped()).isFalse();
        assertThat(target.resolve(".kafka_cleanshutdown")).doesNotExist();
        assertThat(target.resolve("recovery-point-offset-checkpoint")).content().isEqualTo("0\n1\nflights 0 1\n");
        startAndStop(target);
    }

    @Test
    void afterAKillACompactedLogHasNoRecoveryPoint() throws IOException {
        KafkaMade.in(kafka).delete(".kafka_cleanshutdown").put("cleaner-offset-checkpoint", "0\n1\nflights 0 1\n");

        adopt();

        assertThat(target.resolve("recovery-point-offset-checkpoint")).content().isEqualTo("0\n0\n");
        assertThat(target.resolve("cleaner-offset-checkpoint")).content().isEqualTo("0\n1\nflights 0 1\n");
    }

    @Test
    void whatIsLeftBehindIsNamed() throws IOException {
        KafkaMade.in(kafka)
                .directory("flights-0.1234-delete")
                .directory("flights-0.1234-future")
                .directory("flights-0.1234-stray")
                .directory("flights-1")
                .put("notes.txt", "")
                .put("flights-0/notes.txt", "")
                .and(new ConfigRecord()
                        .setResourceType((byte) 2)
                        .setResourceName("flights")
                        .setName("no.such.key")
                        .setValue("1"));

        assertThat(adopt().leftBehind())
                .hasSize(7)
                .anySatisfy(line -> assertThat(line).isEqualTo("directories of deleted partitions: 1"))
                .anySatisfy(line -> assertThat(line).startsWith("flights-0.1234-future: a copy"))
                .anySatisfy(line -> assertThat(line).startsWith("flights-0.1234-stray: no topic"))
                .anySatisfy(line -> assertThat(line).startsWith("flights-1: no topic"))
                .anySatisfy(line -> assertThat(line).startsWith("notes.txt: "))
                .anySatisfy(line -> assertThat(line).startsWith("flights-0/notes.txt: "))
                .anySatisfy(line -> assertThat(line).startsWith("no.such.key of topic flights: "));
        try (Stream<Path> taken = Files.list(target)) {
            assertThat(taken.map(path -> path.getFileName().toString())).doesNotContain("flights-1", "notes.txt");
        }
    }

    @Test
    void aLookChangesNothing() throws IOException {
        KafkaMade.in(kafka);
        Map<String, String> before = files(temporary);

        AdoptionReport report = Adoption.run(new AdoptionOrder(kafka, target, false, true), (_, _) -> {});

        assertThat(report.partitions()).isEqualTo(1);
        assertThat(files(temporary)).isEqualTo(before);
    }

    // ---- what is refused

    @Test
    void noDirectory() throws IOException {
        assertRefused("there is no directory " + kafka);
    }

    @Test
    void notOfKafka() throws IOException {
        Files.createDirectories(kafka);
        assertRefused(kafka + " is no log directory of Apache Kafka: it has no meta.properties");
    }

    @Test
    void metadataElsewhere() throws IOException {
        KafkaMade.in(kafka);
        Files.move(kafka.resolve(KafkaDirectory.METADATA), kafka.resolve("elsewhere"));
        assertRefused(kafka + " has no __cluster_metadata-0");
    }

    @Test
    void alreadyOurs() throws IOException {
        KafkaMade.in(kafka).delete(KafkaDirectory.METADATA + "/quorum-state");
        assertRefused("it is a data directory of Headrace already");
    }

    @Test
    void anOldVersionOfMetaProperties() throws IOException {
        KafkaMade.in(kafka).put("meta.properties", "version=0\nbroker.id=1\ncluster.id=c\n");
        assertRefused("is of version '0', and that of Apache Kafka without ZooKeeper is 1");
    }

    @Test
    void aDirectoryWithoutId() throws IOException {
        KafkaMade.in(kafka).put("meta.properties", "version=1\nnode.id=1\ncluster.id=c\n");
        assertRefused("has no directory.id; let Kafka 4.4 run on the directory first");
    }

    @Test
    void aQuorumOfSeveral() throws IOException {
        KafkaMade.in(kafka)
                .put(
                        KafkaDirectory.METADATA + "/quorum-state",
                        "{\"currentVoters\":[{\"voterId\":1},{\"voterId\":2}]}");
        assertRefused("belongs to a cluster of several nodes: its metadata is decided by [1, 2], and this is node 1");
    }

    @Test
    void inUse() throws IOException {
        KafkaMade.in(kafka);
        try (DirectoryLock _ = DirectoryLock.acquire(kafka)) {
            assertThatThrownBy(this::adopt)
                    .isInstanceOf(NotAdoptable.class)
                    .hasMessageContaining(kafka + " is in use")
                    .hasMessageContaining("stop the Kafka that runs on it first");
        }
    }

    @Test
    void aTargetThatIsNotEmpty() throws IOException {
        KafkaMade.in(kafka);
        Files.createDirectories(target.resolve("something"));
        assertRefused(target + " is not empty");
    }

    @Test
    void aTargetOfAnInterruptedAdoption() throws IOException {
        KafkaMade.in(kafka);
        Files.createDirectories(target.resolve(DataDirectory.ADOPTING));
        assertRefused(target + " is what an interrupted adoption left: delete it, and run this again");
    }

    @Test
    void aPartitionThatIsMissing() throws IOException {
        KafkaMade.in(kafka).put("recovery-point-offset-checkpoint", "0\n1\nflights 0 1\n");
        Files.move(kafka.resolve("flights-0"), temporary.resolve("flights-0"));
        assertRefused("the directory of partition flights-0 is missing");
    }

    @Test
    void aPartitionOfAnEarlierTopicIsNotTaken() throws IOException {
        KafkaMade.in(kafka)
                .put("recovery-point-offset-checkpoint", "0\n0\n")
                .put("flights-0/partition.metadata", "version: 0\ntopic_id: " + new Uuid(7, 7));

        assertThat(adopt().leftBehind()).containsExactly("flights-0: it is of an earlier topic of that name");
    }

    @Test
    void aSegmentOfTheMetadataThatIsDamaged() throws IOException {
        KafkaMade.in(kafka)
                .append(KafkaDirectory.METADATA + "/" + KafkaMade.LOG, "half a batch")
                .put(KafkaDirectory.METADATA + "/00000000000000000004.log", "");
        assertRefused(KafkaMade.LOG + " is damaged at byte");
    }

    @Test
    void aLogThatBeginsBehindItsSnapshots() throws IOException {
        KafkaMade.in(kafka);
        Path metadata = kafka.resolve(KafkaDirectory.METADATA);
        Files.move(metadata.resolve(KafkaMade.LOG), metadata.resolve("00000000000000000009.log"));
        assertRefused("the log begins at offset 9, and no snapshot reaches that far");
    }

    /** Nothing of the kind is tried twice: the metadata is judged as a whole, in the module that knows it. */
    @Test
    void metadataThatIsNotForOneNode() throws IOException {
        KafkaMade.in(kafka).and(new TopicRecord().setName("elsewhere").setTopicId(new Uuid(3, 3)), elsewhere());
        assertRefused("partition elsewhere-0 lies on [2], and not on node 1");
    }

    private static PartitionRecord elsewhere() {
        return new PartitionRecord()
                .setTopicId(new Uuid(3, 3))
                .setPartitionId(0)
                .setReplicas(List.of(2))
                .setIsr(List.of(2))
                .setLeader(2)
                .setDirectories(List.of(new Uuid(4, 4)));
    }
}
