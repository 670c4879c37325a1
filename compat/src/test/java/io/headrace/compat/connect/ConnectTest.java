package io.headrace.compat.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.compat.BrokerProcess;
import io.headrace.compat.Eventually;
import io.headrace.compat.FreePort;
import io.headrace.compat.JavaClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file goes through a topic into another file, with Kafka Connect in distributed mode. */
@Timeout(300)
class ConnectTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TopicPartition TOPIC = new TopicPartition("lines", 0);

    @TempDir
    Path directory;

    private Path source;
    private Path sink;
    private BrokerProcess broker;
    private JavaClients clients;
    private ConnectWorker worker;
    private final List<String> written = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        source = directory.resolve("source.txt");
        sink = directory.resolve("sink.txt");
        broker = BrokerProcess.in(directory.resolve("broker"))
                .onPort(FreePort.any())
                .set("group.min.session.timeout.ms", "1000");
        broker.start();
        clients = new JavaClients(broker.bootstrap());
        clients.createTopic(TOPIC.topic(), 1);
        worker = ConnectWorker.in(directory, broker.bootstrap());
    }

    @AfterEach
    void end() {
        worker.close();
        broker.close();
        clients.close();
    }

    @Test
    void aFileGoesThroughATopicIntoAnotherFile() throws Exception {
        try {
            write(500);
            worker.start();
            worker.configure(
                    "source",
                    Map.of(
                            "connector.class", "org.apache.kafka.connect.file.FileStreamSourceConnector",
                            "file", source.toString(),
                            "topic", TOPIC.topic()));
            worker.configure(
                    "sink",
                    Map.of(
                            "connector.class", "org.apache.kafka.connect.file.FileStreamSinkConnector",
                            "file", sink.toString(),
                            "topics", TOPIC.topic()));
            awaitExactlyWhatWasWritten();

            worker.stop();
            write(500);
            worker.start();
            write(100);
            awaitExactlyWhatWasWritten();

            write(500);
            broker.kill();
            write(500);
            broker.start();
            awaitExactlyWhatWasWritten();

            // Of a killed worker the source goes on exactly where it was; a sink may repeat itself, but leaves nothing
            // out.
            write(500);
            worker.kill();
            write(500);
            worker.start();
            Eventually.until(
                    "the last line comes out", PATIENCE, () -> linesOut().contains(written.getLast()));
            assertThat(linesOut().stream().distinct()).containsExactlyElementsOf(written);
            assertThat(committedLines()).isEqualTo(written);
        } catch (Exception | AssertionError e) {
            e.addSuppressed(new IllegalStateException(broker.output() + worker.output()));
            throw e;
        }
    }

    private void write(int count) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add("line " + (written.size() + i));
        }
        written.addAll(lines);
        Files.write(source, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private List<String> linesOut() throws IOException {
        return Files.exists(sink) ? Files.readAllLines(sink) : List.of();
    }

    private void awaitExactlyWhatWasWritten() throws Exception {
        Eventually.until("all lines come out", PATIENCE, () -> linesOut().size() >= written.size());
        assertThat(linesOut()).isEqualTo(written);
    }

    private List<String> committedLines() {
        Consumer<String, String> reader = clients.consumer("isolation.level", "read_committed");
        reader.assign(List.of(TOPIC));
        reader.seekToBeginning(List.of(TOPIC));
        long end = reader.endOffsets(Set.of(TOPIC)).get(TOPIC);
        List<String> lines = new ArrayList<>();
        while (reader.position(TOPIC) < end) {
            reader.poll(Duration.ofMillis(100)).forEach(record -> lines.add(record.value()));
        }
        return lines;
    }
}
