package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many connections, and such as do not listen, cost the server little and the others nothing. */
class CrowdTest {

    private static final int MEGABYTE = 1 << 20;
    private static final int IDLE_CONNECTIONS = 2_000;
    private static final int DEAF_READERS = 50;

    /** How long a socket must take nothing to count as full, in milliseconds. */
    private static final int STILL_MS = 1_000;

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    private final List<RawClient> open = new ArrayList<>();

    @BeforeEach
    void needsProc() {
        assumeTrue(ProcessFigures.available(), "needs /proc");
    }

    @Test
    void twoThousandIdleConnectionsDisturbNobody() throws Exception {
        TopicPartition partition = server.clients().partition("beside-the-idle");
        long before = memory();
        try {
            for (int i = 0; i < IDLE_CONNECTIONS; i++) {
                open.add(RawClient.connect(server.process().port()));
            }
            for (RawClient idle : open) {
                idle.call(new ApiVersionsRequestData(), 0, new ApiVersionsResponseData());
            }

            server.clients().produce(partition, "a", "b");
            assertThat(server.clients().readValues(partition, 2)).containsExactly("a", "b");
            for (RawClient idle : open) {
                idle.call(new ApiVersionsRequestData(), 0, new ApiVersionsResponseData());
            }
            assertThat(memory() - before).as("bytes more in memory").isLessThan(100L * MEGABYTE);
        } finally {
            closeAll();
        }
    }

    @Test
    void readersThatStopReadingCostNoMemoryAndSlowNobody() throws Exception {
        TopicPartition partition = filledWith40Megabytes("deaf");
        TopicPartition lively = server.clients().partition("lively");
        long before = memory();
        try {
            for (int i = 0; i < DEAF_READERS; i++) {
                RawClient deaf = RawClient.connect(server.process().port());
                open.add(deaf);
                deaf.send(fetchAll(partition), 11);
                deaf.send(fetchAll(partition), 11);
            }
            for (int i = 1; i <= 20; i++) {
                server.clients().produce(lively, "v" + i);
                assertThat(server.clients().readValues(lively, i)).hasSize(i);
            }
            assertThat(memory() - before).as("bytes more in memory").isLessThan(100L * MEGABYTE);

            // Whoever reads again after all finds everything.
            RawClient repentant = open.getFirst();
            for (int i = 0; i < 2; i++) {
                FetchResponseData answer = repentant.receive(11, new FetchResponseData(), i + 1);
                assertThat(answer.responses()
                                .getFirst()
                                .partitions()
                                .getFirst()
                                .records()
                                .sizeInBytes())
                        .isGreaterThan(40 * MEGABYTE);
            }
        } finally {
            closeAll();
        }
    }

    /** Sends requests without ever reading an answer, until the server takes no more; then reads them all. */
    @Test
    void aClientThatOnlyTalksIsHeldBack() throws Exception {
        byte[] request = RawClient.frame(hundredKilobytes(), 9, 1);
        long before = memory();
        try (SocketChannel channel = SocketChannel.open(new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), server.process().port()));
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_WRITE);
            ByteBuffer unsent = ByteBuffer.wrap(request);
            int sent = 0;
            while (selector.select(STILL_MS) > 0) {
                channel.write(unsent);
                if (!unsent.hasRemaining()) {
                    unsent.rewind();
                    sent++;
                }
                selector.selectedKeys().clear();
            }
            assertThat(sent).as("requests taken unheard").isBetween(1, 1_000);
            assertThat(memory() - before).as("bytes more in memory").isLessThan(100L * MEGABYTE);
            assertThat(answersRead(channel, selector, sent)).isEqualTo(sent);
        }
    }

    /** Asks for topics that there are not, so that the answer is as long. */
    private static MetadataRequestData hundredKilobytes() {
        MetadataRequestData request = new MetadataRequestData().setAllowAutoTopicCreation(false);
        for (int i = 0; i < 500; i++) {
            request.topics().add(new MetadataRequestTopic().setName("x".repeat(200) + i));
        }
        return request;
    }

    private static int answersRead(SocketChannel channel, Selector selector, int count) throws IOException {
        channel.register(selector, SelectionKey.OP_READ);
        ByteBuffer buffer = ByteBuffer.allocate(MEGABYTE);
        int answers = 0;
        while (answers < count) {
            selector.select();
            selector.selectedKeys().clear();
            if (channel.read(buffer) < 0) {
                break;
            }
            buffer.flip();
            while (buffer.remaining() >= Integer.BYTES
                    && buffer.remaining() >= Integer.BYTES + buffer.getInt(buffer.position())) {
                buffer.position(buffer.position() + Integer.BYTES + buffer.getInt(buffer.position()));
                answers++;
            }
            buffer.compact();
        }
        return answers;
    }

    private static TopicPartition filledWith40Megabytes(String topic) throws Exception {
        TopicPartition partition =
                server.clients().partition(topic, Map.of("max.message.bytes", "2000000", "segment.bytes", "104857600"));
        String value = "x".repeat(MEGABYTE);
        try (Producer<String, String> producer = server.clients().producer("max.request.size", "2000000")) {
            for (int i = 0; i < 41; i++) {
                producer.send(new ProducerRecord<>(topic, 0, null, value)).get();
            }
        }
        return partition;
    }

    /** All of it in one answer. */
    private static FetchRequestData fetchAll(TopicPartition partition) {
        return new FetchRequestData()
                .setMaxBytes(50 * MEGABYTE)
                .setMaxWaitMs(0)
                .setSessionEpoch(-1)
                .setTopics(List.of(new FetchTopic()
                        .setTopic(partition.topic())
                        .setPartitions(List.of(new FetchPartition()
                                .setPartition(partition.partition())
                                .setFetchOffset(0)
                                .setPartitionMaxBytes(50 * MEGABYTE)))));
    }

    private static long memory() throws IOException {
        return ProcessFigures.residentBytes(server.process().pid());
    }

    private void closeAll() throws IOException {
        for (RawClient client : open) {
            client.close();
        }
    }
}
