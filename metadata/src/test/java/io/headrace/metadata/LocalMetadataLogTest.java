package io.headrace.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.testing.FaultyDisk;
import io.headrace.testing.FileDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.FeatureLevelRecord;
import org.apache.kafka.common.protocol.ApiMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metadata log on a real file system, with a controller over it. */
final class LocalMetadataLogTest {

    private static final String SEGMENT = "00000000000000000000.log";

    @TempDir
    private Path logDirectory;

    private final FaultyDisk disk = new FaultyDisk(new FileDisk());
    private Path directory;

    @BeforeEach
    void nameTheDirectory() {
        directory = logDirectory.resolve("__cluster_metadata-0");
    }

    private TestNode start() throws IOException {
        TestNode node = new TestNode(disk, logDirectory, 1);
        node.work().finish();
        return node;
    }

    /** Enough topics for a snapshot to be due. */
    private static void fill(TestNode node, String prefix) {
        for (int i = 0; i < 3; i++) {
            node.submit("create " + prefix + i + ":5000:1");
            node.work().finish();
        }
    }

    private List<String> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void anEmptyDirectoryBecomesAClusterOfOneBroker() throws IOException {
        TestNode node = start();

        assertThat(node.image().clusterId()).isEqualTo(TestNode.CLUSTER);
        assertThat(node.image().features()).isEqualTo(Features.LEVELS);
        assertThat(node.image().broker(1).endpoint("PLAINTEXT").host()).isEqualTo("broker1");
        assertThat(node.image().offset()).isEqualTo(3);
    }

    /** As the first releases left it, which knew of metadata.version only. */
    @Test
    void featuresThatADirectoryLacksAreAddedWhenTheBrokerComesBack() {
        MetadataImage before = MetadataImage.empty(TestNode.CLUSTER)
                .apply(new FeatureLevelRecord().setName("metadata.version").setFeatureLevel((short) 33))
                .apply(BrokerRegistration.record(new BrokerImage(
                        1,
                        1,
                        new Uuid(1, 1),
                        TestController.registration(1).endpoints(),
                        null,
                        List.of(TestController.DIRECTORY),
                        false)));

        Decision<BrokerImage> decision = TestController.registration(1).decide(before, new TestController().env());

        assertThat(decision.records()).hasSize(2).allMatch(FeatureLevelRecord.class::isInstance);
        assertThat(before.apply(decision.records(), 3).features()).isEqualTo(Features.LEVELS);
    }

    @Test
    void aRequestIsAnsweredOnceItsRecordsAreFlushed() throws IOException {
        TestNode node = start();

        node.submit("create flights:3:1");
        assertThat(node.answers()).hasSize(1);
        assertThat(node.image().topic("flights")).isNull();

        node.work().runTask();
        assertThat(node.answers()).hasSize(1);

        node.work().deliver();
        assertThat(node.answers()).last().asString().startsWith("create flights:3:1: flights NONE");
        assertThat(node.image().topic("flights").partitionCount()).isEqualTo(3);
    }

    @Test
    void whatIsDecidedDuringAFlushSeesWhatCameBeforeAndSharesTheNextOne() throws IOException {
        TestNode node = start();
        int syncs = disk.syncs();

        node.submit("create a:1:1");
        node.submit("create a:1:1 b:1:1");
        node.submit("grow b:2");
        node.submit("alter topic/nosuch{retention.ms=1}");
        node.work().finish();

        assertThat(disk.syncs() - syncs).isEqualTo(2);
        assertThat(node.image().topic("b").partitionCount()).isEqualTo(2);
        assertThat(node.answers().get(2)).contains("a TOPIC_ALREADY_EXISTS").contains("b NONE");
        assertThat(node.answers()).last().asString().contains("UNKNOWN_TOPIC_OR_PARTITION");
    }

    @Test
    void anAnswerThatChangesNothingWaitsForWhatItSaw() throws IOException {
        TestNode node = start();

        node.submit("create a:1:1");
        node.submit("create a:1:1");
        assertThat(node.answers()).hasSize(1);

        node.work().finish();
        assertThat(node.answers()).last().asString().contains("a TOPIC_ALREADY_EXISTS");
    }

    @Test
    void aStartFindsWhatTheLastRunLeft() throws IOException {
        TestNode first = start();
        first.submit("create a:3:1{retention.ms=1000} b:1:1");
        first.submit("alter broker/{log.retention.ms=7}");
        first.submitProducerIds();
        first.work().finish();
        first.stop();

        TestNode second = start();

        assertThat(second.load().image()).isEqualTo(first.image());
        assertThat(second.load().remarks()).isEmpty();
        assertThat(second.answers()).singleElement().asString().contains("epoch=3");
    }

    @Test
    void kafkaReadsTheLog() throws IOException {
        TestNode node = start();
        node.submit("create a:3:1{retention.ms=1000} b:1:1");
        node.submit("delete b");
        node.submitProducerIds();
        node.work().finish();

        KafkaReaders.Found found = KafkaReaders.read(directory.resolve(SEGMENT));

        assertThat(found.nextOffset()).isEqualTo(node.image().offset() + 1);
        assertThat(MetadataImage.empty(TestNode.CLUSTER)
                        .apply(found.records(), node.image().offset()))
                .isEqualTo(node.image());
    }

    @Test
    void kafkaReadsASnapshot() throws IOException {
        TestNode node = start();
        node.submit("alter broker/1{log.retention.ms=7}");
        node.submitProducerIds();
        fill(node, "topic");

        String snapshot = files(".checkpoint").getLast();
        KafkaReaders.Found found = KafkaReaders.read(directory.resolve(snapshot));

        long offset = SnapshotName.parse(snapshot).endOffset() - 1;
        MetadataImage image = MetadataImage.empty(TestNode.CLUSTER).apply(found.records(), offset);
        assertThat(found.controlRecords()).isEqualTo(2);
        assertThat(image).isEqualTo(imageAt(node, offset));
        assertThat(found.records().getFirst().toString()).contains("metadata.version");
    }

    private static MetadataImage imageAt(TestNode node, long offset) {
        for (MetadataChange change : node.changes()) {
            if (change.after().offset() == offset) {
                return change.after();
            }
        }
        throw new AssertionError("no image at " + offset);
    }

    @Test
    void twoSnapshotsAreKeptAndTheLogThatTheyNeed() throws IOException {
        TestNode node = start();
        for (int round = 0; round < 4; round++) {
            fill(node, "topic" + round + "-");
        }

        List<String> snapshots = files(".checkpoint");
        long oldest = SnapshotName.parse(snapshots.getFirst()).endOffset();
        assertThat(snapshots).hasSize(2);
        assertThat(node.load().log().logStartOffset()).isEqualTo(oldest);
        assertThat(files(".log")).doesNotContain(SEGMENT);
        assertThat(files(".deleted")).isEmpty();
        assertThat(files(".part")).isEmpty();
        assertThat(start().load().image()).isEqualTo(node.image());
    }

    @Test
    void aDamagedSnapshotIsReportedAndTheOneBeforeServes() throws IOException {
        TestNode node = start();
        for (int round = 0; round < 3; round++) {
            fill(node, "topic" + round + "-");
        }
        String newest = files(".checkpoint").getLast();
        flipByte(directory.resolve(newest), 5000);

        TestNode next = start();

        assertThat(next.load().image()).isEqualTo(node.image());
        assertThat(next.load().remarks()).singleElement().asString().contains(newest);
    }

    @Test
    void aSnapshotThatWasCutOffIsNotTaken() throws IOException {
        TestNode node = start();
        for (int round = 0; round < 3; round++) {
            fill(node, "topic" + round + "-");
        }
        Path newest = directory.resolve(files(".checkpoint").getLast());
        byte[] whole = Files.readAllBytes(newest);
        int footerBytes = 61 + 12;
        Files.write(newest, Arrays.copyOf(whole, whole.length - footerBytes));

        TestNode next = start();

        assertThat(next.load().image()).isEqualTo(node.image());
        assertThat(next.load().remarks()).hasSize(1);
    }

    @Test
    void aDamageBelowTheRecoveryPointIsNotTakenForAnInterruptedWrite() throws IOException {
        TestNode node = start();
        node.submit("create a:3:1");
        node.submit("create b:3:1");
        node.work().finish();
        node.stop();
        flipByte(directory.resolve(SEGMENT), Files.size(directory.resolve(SEGMENT)) / 2);

        assertThatThrownBy(this::start).isInstanceOf(IOException.class).hasMessageContaining("__cluster_metadata-0");
    }

    @Test
    void afterAKillAnInterruptedWriteIsCutOffAndReported() throws IOException {
        TestNode node = start();
        node.submit("create a:3:1");
        node.work().finish();
        Files.write(directory.resolve(SEGMENT), new byte[] {0, 0, 0, 0, 0, 0, 0, 9, 1}, StandardOpenOption.APPEND);

        TestNode next = start();

        assertThat(next.load().image()).isEqualTo(node.image());
        assertThat(next.load().remarks()).singleElement().asString().contains("9 bytes");
    }

    @Test
    void aFullDiskRefusesWritesAndIsForgottenOnceThereIsRoom() throws IOException {
        TestNode node = start();
        node.submit("create a:1:1");
        disk.full(true);
        node.submit("create b:1:1");
        node.submit("create c:1:1");
        node.work().finish();

        assertThat(node.answers()).contains("create b:1:1: failed", "create c:1:1: failed");

        disk.full(false);
        node.submit("create d:1:1");
        node.work().finish();
        node.submit("create e:1:1");
        node.work().finish();

        assertThat(node.isAvailable()).isTrue();
        assertThat(node.answers()).last().asString().contains("e NONE");
        assertThat(node.image().topic("b")).isNull();
        assertThat(start().load().image()).isEqualTo(node.image());
    }

    @Test
    void whatWasAppendedAndNotAnsweredIsPublishedIfTheLogStillHasIt() throws IOException {
        TestNode node = start();
        node.submit("create a:1:1");
        disk.full(true);
        node.submit("create b:1:1");
        disk.full(false);
        node.work().finish();

        List<ApiMessage> lastChange = node.changes().getLast().records();
        assertThat(node.answers()).contains("create a:1:1: failed");
        assertThat(node.image().topic("a")).isNotNull();
        assertThat(lastChange).hasSize(2);
    }

    @Test
    void aLogWhoseFilesHaveGoneIsNotTakenForANewOneAndCloses() throws IOException {
        TestNode node = start();
        node.submit("create a:1:1");
        node.work().finish();
        disk.full(true);
        node.submit("create b:1:1");
        disk.full(false);
        for (String file : disk.list(directory)) {
            Files.delete(directory.resolve(file));
        }
        Files.delete(directory);
        node.work().finish();
        node.submit("create c:1:1");
        node.work().finish();

        assertThat(node.answers()).contains("create b:1:1: failed", "create c:1:1: failed");
        assertThat(node.isAvailable()).isFalse();
        node.stop();
    }

    @Test
    void afterAFailedSyncTheLogStaysOffline() throws IOException {
        TestNode node = start();
        disk.breakDown();
        node.submit("create a:1:1");
        node.work().finish();
        node.submit("create b:1:1");
        node.work().finish();

        assertThat(node.answers()).contains("create a:1:1: failed", "create b:1:1: failed");
        assertThat(node.isAvailable()).isFalse();
        assertThat(node.image().topic("a")).isNull();
    }

    private static void flipByte(Path file, long position) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) position] ^= 0x40;
        Files.write(file, bytes);
    }
}
