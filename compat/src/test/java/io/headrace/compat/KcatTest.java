package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** librdkafka as the command line tool kcat. */
class KcatTest {

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    private static ForeignTool kcat;

    @BeforeAll
    static void find() throws Exception {
        kcat = ForeignTool.orSkip("kcat", List.of("kcat", "-V"), "kcat", "-b", server.bootstrap());
    }

    @Test
    void itListsTheCluster() throws Exception {
        server.clients().createTopic("listed", 3);

        String listing = kcat.run("-L");

        assertThat(listing)
                .contains("1 brokers:")
                .contains("at " + server.bootstrap())
                .contains("topic \"listed\" with 3 partitions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void whatItSendsItReadsBack(String codec) throws Exception {
        String topic = "kcat-" + codec;
        server.clients().createTopic(topic, 1);
        String lines = IntStream.range(0, 1_000)
                .mapToObj(n -> "key" + n + ":value" + n + "\n")
                .collect(Collectors.joining());

        kcat.runWith(lines, "-P", "-t", topic, "-p", "0", "-z", codec, "-K", ":");

        assertThat(kcat.run("-C", "-t", topic, "-p", "0", "-o", "beginning", "-e", "-q", "-K", ":"))
                .isEqualTo(lines);
        assertThat(server.clients().read(new TopicPartition(topic, 0), 1_000))
                .extracting(record -> record.key() + ":" + record.value() + "\n")
                .containsExactlyElementsOf(
                        lines.lines().map(line -> line + "\n").toList());
    }

    @Test
    void inAGroupItGoesOnWhereItWas() throws Exception {
        server.clients().createTopic("kcat-grouped", 3);
        String[] group = {"-G", "readers", "-X", "auto.offset.reset=earliest", "-e", "-q", "kcat-grouped"};
        kcat.runWith("a\nb\nc\nd\n", "-P", "-t", "kcat-grouped");

        String first = kcat.run(group);
        kcat.runWith("e\nf\n", "-P", "-t", "kcat-grouped");
        String second = kcat.run(group);

        assertThat(first.lines()).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(second.lines()).containsExactlyInAnyOrder("e", "f");
    }

    @Test
    void itProducesIdempotentlyAndReadsFromAnOffset() throws Exception {
        server.clients().createTopic("kcat-idempotent", 1);

        kcat.runWith(
                "a\nb\nc\nd\n", "-P", "-t", "kcat-idempotent", "-p", "0", "-X", "enable.idempotence=true", "-H", "h=1");

        assertThat(kcat.run("-C", "-t", "kcat-idempotent", "-p", "0", "-o", "2", "-e", "-q", "-f", "%o %s %h\n"))
                .isEqualTo("2 c h=1\n3 d h=1\n");
        assertThat(kcat.run("-C", "-t", "kcat-idempotent", "-p", "0", "-o", "-1", "-e", "-q"))
                .isEqualTo("d\n");
    }

    @Test
    void itFindsOffsetsByTime() throws Exception {
        TopicPartition partition = server.clients().partition("kcat-times");
        server.clients().produce(partition, "a", "b");

        assertThat(kcat.run("-Q", "-t", "kcat-times:0:1")).isEqualTo("kcat-times [0] offset 0\n");
        assertThat(kcat.run("-Q", "-t", "kcat-times:0:-1")).isEqualTo("kcat-times [0] offset 2\n");
        assertThat(kcat.run("-Q", "-t", "kcat-times:0:-2")).isEqualTo("kcat-times [0] offset 0\n");
    }

    @Test
    void itCreatesATopicByProducingToIt() throws Exception {
        kcat.runWith("hello\n", "-P", "-t", "kcat-spontaneous");

        assertThat(kcat.run("-C", "-t", "kcat-spontaneous", "-p", "0", "-o", "beginning", "-e", "-q"))
                .isEqualTo("hello\n");
    }
}
