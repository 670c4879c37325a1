package io.headrace.compat.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.compat.BrokerProcess;
import io.headrace.compat.Eventually;
import io.headrace.compat.FreePort;
import io.headrace.compat.JavaClients;
import io.headrace.compat.JavaProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka Streams with exactly_once_v2 counts right while its processes and the broker are killed: each word's counts come out as
 * 1, 2, 3 and so on, none left out and none twice, and a store that comes back from its changelog goes on from there.
 */
@Timeout(300)
class StreamsTest {

    private static final int PARTITIONS = 4;
    private static final int STRETCH = 1_000;
    private static final long SEED = Long.getLong("headrace.seed", 1);

    @TempDir
    Path directory;

    private BrokerProcess broker;
    private JavaClients clients;
    private final List<JavaProgram> programs = new ArrayList<>();
    private final List<JavaProgram> everyone = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        broker = BrokerProcess.in(directory.resolve("broker"))
                .onPort(FreePort.any())
                .set("group.min.session.timeout.ms", "1000");
        broker.start();
        clients = new JavaClients(broker.bootstrap());
        clients.createTopic("in", PARTITIONS);
        clients.createTopic("out", PARTITIONS);
    }

    @AfterEach
    void end() {
        everyone.forEach(JavaProgram::close);
        broker.close();
        clients.close();
    }

    @Test
    void countsAreExactWhateverIsKilled() throws Exception {
        Random random = new Random(SEED);
        long begun = System.nanoTime();
        try (Sink sink = new Sink(fromTheBeginning("out"));
                Source source = new Source(clients.producer("max.block.ms", "300000"), "in", sink::count)) {
            try {
                programs.add(startProgram());
                programs.add(startProgram());
                source.start();
                sink.start();

                awaitCounts(sink, sink.count() + STRETCH + random.nextInt(STRETCH));
                killAndReplace(0);
                awaitCounts(sink, sink.count() + STRETCH + random.nextInt(STRETCH));
                broker.kill();
                broker.start();
                awaitCounts(sink, sink.count() + STRETCH + random.nextInt(STRETCH));
                broker.kill();
                killAndReplace(1);
                broker.start();
                awaitCounts(sink, sink.count() + STRETCH + random.nextInt(STRETCH));

                // All stores come back in one process, and it goes on counting.
                programs.forEach(JavaProgram::kill);
                programs.clear();
                programs.add(startProgram());
                awaitCounts(sink, sink.count() + STRETCH);
                int sent = source.stop();
                awaitCounts(sink, sent);

                Map<String, List<String>> truth = truth(sent);
                assertThat(ExactlyOnce.findings(truth, sink.stop())).isEmpty();
                assertThat(changelog()).isEqualTo(latest(truth));
                System.out.printf(
                        "Kafka Streams counted %,d records, %d processes, seed %d, %d ms: every count is right%n",
                        sent, everyone.size(), SEED, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
            } catch (Exception | AssertionError e) {
                StringBuilder said = new StringBuilder(broker.output());
                everyone.forEach(program -> said.append(program.output()));
                e.addSuppressed(new IllegalStateException("what the processes said:\n" + said));
                throw e;
            }
        }
    }

    private JavaProgram startProgram() {
        String name = "streams-" + everyone.size();
        String state = directory.resolve(name).toString();
        JavaProgram program =
                JavaProgram.startOfKafka(name, WordCount.class.getName(), broker.bootstrap(), state, "in", "out");
        everyone.add(program);
        return program;
    }

    private void killAndReplace(int place) {
        programs.get(place).kill();
        programs.set(place, startProgram());
    }

    private void awaitCounts(Sink sink, int count) throws Exception {
        int seen = sink.count();
        while (seen < count) {
            int before = seen;
            Eventually.until("another count after " + before + " of " + count, Crew.PATIENCE, () -> {
                assertThat(programs).allMatch(JavaProgram::isAlive);
                return sink.count() > before;
            });
            seen = sink.count();
        }
    }

    /** What comes out for each word. */
    private static Map<String, List<String>> truth(int sent) {
        Map<String, List<String>> counts = new HashMap<>();
        for (int i = 0; i < sent; i++) {
            List<String> ofWord = counts.computeIfAbsent(WordCount.word(Integer.toString(i)), _ -> new ArrayList<>());
            ofWord.add(Integer.toString(ofWord.size() + 1));
        }
        return counts;
    }

    private static Map<String, Long> latest(Map<String, List<String>> counts) {
        Map<String, Long> latest = new HashMap<>();
        counts.forEach((word, all) -> latest.put(word, Long.valueOf(all.getLast())));
        return latest;
    }

    /** What the store is made of when it is made again. */
    private Map<String, Long> changelog() {
        String topic = WordCount.APPLICATION + "-" + WordCount.STORE + "-changelog";
        Map<String, Long> store = new HashMap<>();
        Consumer<String, Long> reader = clients.consumer(new LongDeserializer(), "isolation.level", "read_committed");
        reader.assign(partitions(topic));
        reader.seekToBeginning(partitions(topic));
        Map<TopicPartition, Long> ends = reader.endOffsets(partitions(topic));
        while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<String, Long> record : reader.poll(Duration.ofMillis(100))) {
                store.put(record.key(), record.value());
            }
        }
        return store;
    }

    private Consumer<String, String> fromTheBeginning(String topic) {
        Consumer<String, String> reader = clients.consumer("isolation.level", "read_committed");
        reader.assign(partitions(topic));
        reader.seekToBeginning(partitions(topic));
        return reader;
    }

    private static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }
}
