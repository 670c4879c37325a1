package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.MetadataRequestData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What greedy clients ask for does not fit a small heap, and need not. */
class SmallHeapTest {

    private static final int PARTITIONS = 5_000;

    /** Each asks for some 200 KB, all of them for more than there is. */
    private static final int GREEDY = 400;

    private static final int RECEIVE_BUFFER_BYTES = 16 << 10;

    @TempDir
    Path directory;

    @BeforeEach
    void onlyHeadrace() {
        assumeFalse(TestServer.isKafka(), "about Headrace's limits");
    }

    @Test
    void whoAsksForMuchAndReadsNothingIsHungUpOnAndTheOthersAreServed() throws Exception {
        List<RawClient> greedy = new ArrayList<>();
        try (BrokerProcess broker =
                BrokerProcess.in(directory).jvm("-Xmx64m").set("socket.send.buffer.bytes", "65536")) {
            broker.start();
            try (JavaClients clients = new JavaClients(broker.bootstrap())) {
                clients.createTopic("wide", PARTITIONS, Map.of());
                for (int i = 0; i < GREEDY; i++) {
                    RawClient client = RawClient.connect(broker.port(), RECEIVE_BUFFER_BYTES);
                    greedy.add(client);
                    client.send(new MetadataRequestData().setTopics(null), 9);
                }

                TopicPartition partition = clients.partition("lively");
                clients.produce(partition, "a", "b");
                assertThat(clients.readValues(partition, 2)).containsExactly("a", "b");
            }

            assertThat(broker.isAlive()).isTrue();
            assertThat(broker.output())
                    .contains("it leaves its responses unread")
                    .doesNotContain("OutOfMemoryError");
        } finally {
            for (RawClient client : greedy) {
                client.close();
            }
        }
    }
}
