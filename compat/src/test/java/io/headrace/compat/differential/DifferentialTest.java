package io.headrace.compat.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.headrace.compat.BrokerProcess;
import io.headrace.compat.KafkaProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same requests to Headrace and to Apache Kafka get the same answers, but for what {@code allowed-differences.txt} says.
 * {@code -Dheadrace.differential.seeds=N} plays more random chapters than the few that always are.
 */
class DifferentialTest {

    private static final int USUAL_SEEDS = 3;

    private static final List<Chapter> CHAPTERS = List.of(
            new ClusterChapter(),
            new MetadataChapter(),
            new TopicChapter(),
            new ConfigChapter(),
            new ProduceChapter(),
            new ProducerChapter(),
            new FetchChapter(),
            new OffsetChapter(),
            new GroupChapter(),
            new ClusterCareChapter(),
            new TransactionChapter(),
            new ConsumerGroupChapter());

    @TempDir
    static Path directory;

    private static BrokerProcess headrace;
    private static KafkaProcess kafka;
    private static Witness ours;
    private static Witness theirs;
    private static Interview interview;
    private static AllowedDifferences allowed;
    private static int chaptersAsked;

    @BeforeAll
    static void start() throws Exception {
        headrace = BrokerProcess.in(directory.resolve("headrace"));
        kafka = KafkaProcess.in(directory.resolve("kafka")).startedQuickly();
        // Else every change would wait a little for others, to be written to the metadata log with them.
        kafka.set("controller.quorum.append.linger.ms", "0");
        kafka.set("group.initial.rebalance.delay.ms", "0");
        // Else a heartbeat would be answered before the assignment that it leads to is made.
        kafka.set("group.consumer.assignor.offload.enable", "false");
        kafka.formatted().start();
        headrace.start();
        ours = new Witness(headrace);
        theirs = new Witness(kafka);
        allowed = AllowedDifferences.read();
        interview = Interview.between(ours, theirs, allowed);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("chapters")
    void theAnswersAreTheSame(String name, Chapter chapter) throws Exception {
        chapter.ask(interview);

        assertThat(interview.takeDifferences()).isEmpty();
        chaptersAsked++;
    }

    /** The random ones last, since they leave much behind. */
    static Stream<Arguments> chapters() {
        return Stream.concat(
                CHAPTERS.stream().map(chapter -> arguments(chapter.getClass().getSimpleName(), chapter)),
                seeds().mapToObj(
                                seed -> arguments("RandomGroupChapter of seed " + seed, new RandomGroupChapter(seed))));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theAnswersAreTheSameInARandomLife(long seed) throws Exception {
        new RandomChapter(seed).ask(interview);

        assertThat(interview.takeDifferences()).isEmpty();
    }

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("headrace.differential.seeds", USUAL_SEEDS));
    }

    @AfterAll
    static void end() throws Exception {
        for (AutoCloseable one : new AutoCloseable[] {ours, theirs, headrace, kafka}) {
            if (one != null) {
                one.close();
            }
        }
        if (chaptersAsked == chapters().count()) {
            assertThat(allowed.unused())
                    .as("differences that are allowed and do not occur")
                    .isEmpty();
        }
    }
}
