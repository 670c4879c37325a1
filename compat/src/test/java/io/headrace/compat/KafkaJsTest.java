package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** kafkajs from npm: its producer and its admin client. Its consumers need groups. */
class KafkaJsTest {

    private static final String FOLDER = "src/test/js";

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    @Test
    void itAdministersAndProduces() throws Exception {
        List<String> probe = List.of("node", "-e", "require('./" + FOLDER + "/node_modules/kafkajs')");
        ForeignTool node = ForeignTool.orSkip("kafkajs", probe, "node", FOLDER + "/producer.js");

        assertThat(node.run(server.bootstrap(), "from-js", "400")).isEqualTo("400 messages\n");

        // The script has deleted the first ten.
        List<ConsumerRecord<String, String>> read = server.clients().read(new TopicPartition("from-js", 0), 390);
        assertThat(read).first().satisfies(record -> {
            assertThat(record.offset()).isEqualTo(10);
            assertThat(record.key()).isEqualTo("k10");
            assertThat(record.value()).isEqualTo("value-10");
            assertThat(record.headers().lastHeader("n").value()).asString().isEqualTo("10");
        });
        assertThat(read).last().extracting(ConsumerRecord::value).isEqualTo("value-399");
    }

    @Test
    void inAGroupItGoesOnWhereItWas() throws Exception {
        List<String> probe = List.of("node", "-e", "require('./" + FOLDER + "/node_modules/kafkajs')");
        ForeignTool node = ForeignTool.orSkip("kafkajs", probe, "node", FOLDER + "/group.js");
        TopicPartition partition = server.clients().partition("js-grouped");
        server.clients().produce(partition, "a", "b");

        assertThat(node.run(server.bootstrap(), "js-grouped", "2")).isEqualTo("a\nb\n");

        server.clients().produce(partition, "c");
        assertThat(node.run(server.bootstrap(), "js-grouped", "1")).isEqualTo("c\n");
    }
}
