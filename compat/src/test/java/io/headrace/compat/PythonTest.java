package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Debian's two Python clients; the scripts do their own checking. */
class PythonTest {

    private static final String PYTHON = "/usr/bin/python3";

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void confluentKafkaProducesAndConsumes(String compression) throws Exception {
        ForeignTool python = script("python3-confluent-kafka", "confluent_kafka", "confluent.py");
        String topic = "confluent-" + compression;

        assertThat(python.run(server.bootstrap(), topic, compression, "1000")).isEqualTo("1000 messages\n");

        assertThat(server.clients().readValues(new TopicPartition(topic, 1), 1_000))
                .startsWith("value-0")
                .endsWith("value-999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip"})
    void kafkaPythonProducesAndConsumes(String compression) throws Exception {
        ForeignTool python = script("python3-kafka", "kafka", "pure.py");
        String topic = "pure-" + compression;

        assertThat(python.run(server.bootstrap(), topic, compression, "300")).isEqualTo("300 messages\n");

        assertThat(server.clients().readValues(new TopicPartition(topic, 0), 300))
                .startsWith("value-0")
                .endsWith("value-299");
    }

    @Test
    void inAGroupConfluentKafkaGoesOnWhereItWas() throws Exception {
        goesOnWhereItWas(
                script("python3-confluent-kafka", "confluent_kafka", "confluent_group.py"), "confluent-grouped");
    }

    @Test
    void inAGroupKafkaPythonGoesOnWhereItWas() throws Exception {
        goesOnWhereItWas(script("python3-kafka", "kafka", "pure_group.py"), "pure-grouped");
    }

    /** The second reader of the group finds what the first has not read. */
    private static void goesOnWhereItWas(ForeignTool reader, String topic) throws Exception {
        TopicPartition partition = server.clients().partition(topic);
        server.clients().produce(partition, "a", "b", "c");

        assertThat(reader.run(server.bootstrap(), topic, "2")).isEqualTo("a\nb\n");
        assertThat(reader.run(server.bootstrap(), topic, "1")).isEqualTo("c\n");
    }

    @Test
    void confluentKafkaCommitsAndAborts() throws Exception {
        ForeignTool python = script("python3-confluent-kafka", "confluent_kafka", "confluent_transactions.py");

        assertThat(python.run(server.bootstrap(), "confluent-transactions")).isEqualTo("8 committed\n");
    }

    private static ForeignTool script(String debianPackage, String module, String script) throws Exception {
        List<String> probe = List.of(PYTHON, "-c", "import " + module);
        return ForeignTool.orSkip(debianPackage, probe, PYTHON, "src/test/python/" + script);
    }
}
