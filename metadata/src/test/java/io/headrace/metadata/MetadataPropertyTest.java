package io.headrace.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.testing.FaultyDisk;
import io.headrace.testing.FileDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.kafka.common.protocol.ApiMessage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds whatever is asked, in whatever order. More seeds: {@code -Dheadrace.seeds=1000}. */
final class MetadataPropertyTest {

    private static final int REQUESTS = 200;

    @TempDir
    private Path logDirectory;

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("headrace.seeds", 25));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anImageIsWhatItsRecordsMakeInWhateverPortions(long seed) {
        RandomRequests requests = new RandomRequests(seed);
        TestController controller = new TestController();
        MetadataImage start = controller.image();
        MetadataImage oneByOne = start;
        List<ApiMessage> all = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            ask(controller, requests.next());
            for (ApiMessage record : controller.lastRecords()) {
                oneByOne = oneByOne.apply(record);
            }
            all.addAll(controller.lastRecords());
            checkMaps(controller.image());
        }

        MetadataImage image = controller.image();
        assertThat(start.apply(all, image.offset())).isEqualTo(image);
        assertThat(oneByOne.apply(List.of(), image.offset())).isEqualTo(image);
        assertThat(MetadataImage.empty("test-cluster").apply(recordsOf(image), image.offset()))
                .isEqualTo(image);
    }

    private static void ask(TestController controller, String request) {
        if (request.equals("producer-ids")) {
            controller.take(new ControllerEvent.AllocateProducerIds(1));
        } else {
            controller.ask(request);
        }
    }

    private static List<ApiMessage> recordsOf(MetadataImage image) {
        List<ApiMessage> records = new ArrayList<>();
        ImageRecords source = new ImageRecords(image);
        for (ApiMessage record = source.next(); record != null; record = source.next()) {
            records.add(record);
        }
        return records;
    }

    private static void checkMaps(MetadataImage image) {
        int partitions = 0;
        Set<String> collisionKeys = new HashSet<>();
        for (TopicImage topic : image.topics()) {
            partitions += topic.partitionCount();
            assertThat(image.topic(topic.id())).isSameAs(topic);
            assertThat(collisionKeys.add(TopicNames.collisionKey(topic.name()))).isTrue();
        }
        assertThat(image.topicMaps().byId()).hasSize(image.topicCount());
        assertThat(image.partitionCount()).isEqualTo(partitions);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aStartFindsWhatWasCommittedWhereverTheLastRunEnded(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        RandomRequests requests = new RandomRequests(seed);
        FaultyDisk disk = new FaultyDisk(new FileDisk());
        MetadataImage committed = null;
        for (int life = 0; life < 4; life++) {
            TestNode node = new TestNode(disk, logDirectory, seed + life);
            if (committed != null) {
                assertThat(node.load().image()).isEqualTo(committed);
            }
            live(node, requests, random);
            if (random.nextBoolean()) {
                node.stop();
            } else {
                node.work().finish();
            }
            committed = node.image();
            checkChanges(node);
        }
    }

    private static void live(TestNode node, RandomRequests requests, SplittableRandom random) {
        for (int i = 0; i < REQUESTS / 4; i++) {
            String request = requests.next();
            if (request.equals("producer-ids")) {
                node.submitProducerIds();
            } else if (random.nextInt(20) == 0) {
                node.submit("create big" + i + ":4000:1");
            } else {
                node.submit(request);
            }
            for (int steps = random.nextInt(4); steps > 0; steps--) {
                if (random.nextBoolean()) {
                    node.work().runTask();
                } else {
                    node.work().deliver();
                }
            }
        }
    }

    /** Every published image follows from the one before and the records that came with it. */
    private static void checkChanges(TestNode node) {
        MetadataImage before = node.load().image();
        for (MetadataChange change : node.changes()) {
            assertThat(change.before()).isSameAs(before);
            assertThat(before.apply(change.records(), change.after().offset())).isEqualTo(change.after());
            before = change.after();
        }
    }
}
