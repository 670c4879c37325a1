package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes in, it costs its sender the connection at most, and everybody else nothing. */
class BadInputTest {

    private static final int LARGEST_FRAME = 104_857_600;

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    private static TopicPartition bystanders;
    private static int bystandersRecords;

    @BeforeAll
    static void serveSomebody() throws Exception {
        bystanders = server.clients().partition("bystanders");
    }

    @AfterEach
    void othersAreServedAsBefore() throws Exception {
        server.clients().produce(bystanders, "record " + bystandersRecords);
        bystandersRecords++;
        assertThat(server.clients().readValues(bystanders, bystandersRecords)).hasSize(bystandersRecords);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void whatCannotBeReadIsAnsweredByHangingUp(String name) throws Exception {
        try (RawClient client = connect()) {
            client.write(unreadableFrames().get(name));

            assertThat(client.awaitClose()).as("bytes answered").isZero();
        }
    }

    static Stream<String> unreadable() {
        return unreadableFrames().keySet().stream();
    }

    private static Map<String, byte[]> unreadableFrames() {
        Map<String, byte[]> frames = new LinkedHashMap<>();
        frames.put("a frame of 2 GB", length(Integer.MAX_VALUE));
        frames.put("a frame of a byte too many", length(LARGEST_FRAME + 1));
        frames.put("a frame of less than nothing", length(-1));
        frames.put("the lowest length", length(Integer.MIN_VALUE));
        frames.put("a request of HTTP", ascii("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        frames.put(
                "a handshake of TLS", new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, (byte) 0xfc, 0x03});
        frames.put("a frame too short for a header", framed(new byte[] {0, 18, 0}));
        frames.put("an API that there is not", withShort(metadata(), 4, 999));
        frames.put("an API below all", withShort(metadata(), 4, -1));
        frames.put("a version that there is not", withShort(metadata(), 6, 99));
        frames.put("a version below all", withShort(metadata(), 6, -1));
        frames.put("a client id beyond the frame", withShort(metadata(), 12, 0x7fff));
        frames.put("an array of two billion", withArrayLength(Integer.MAX_VALUE));
        frames.put("an array beyond the limit", withArrayLength(1_000_001));
        frames.put("an array beyond the frame", withArrayLength(5));
        frames.put("a varint without an end", flexible(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}));
        frames.put("tagged fields without an end", flexible(new byte[] {1, 1, 0, -1, -1, -1, 7}));
        return frames;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void randomBytesAreAnsweredByHangingUp(long seed) throws Exception {
        Random random = new Random(seed);
        byte[] bytes = new byte[1 + random.nextInt(2_000)];
        random.nextBytes(bytes);
        try (RawClient client = connect()) {
            client.write(bytes);
            client.endOutput();

            assertThatNoException().isThrownBy(client::awaitClose);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aSoundRequestWithDamageDisturbsNobody(long seed) throws Exception {
        Random random = new Random(seed);
        try (RawClient client = connect()) {
            byte[] frame = metadata();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                frame[4 + random.nextInt(frame.length - 4)] = (byte) random.nextInt();
            }
            client.write(frame);
            client.endOutput();

            assertThatNoException().isThrownBy(client::awaitClose);
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("headrace.seeds", 25));
    }

    @Test
    void aFrameThatBreaksOffIsForgotten() throws Exception {
        byte[] frame = metadata();
        for (int cut = 0; cut < frame.length; cut++) {
            try (RawClient client = connect()) {
                client.write(Arrays.copyOf(frame, cut));
                client.endOutput();

                assertThat(client.awaitClose()).as("after %d bytes", cut).isZero();
            }
        }
    }

    @Test
    void aRequestMayComeByteByByte() throws Exception {
        try (RawClient client = connect()) {
            for (byte one : RawClient.frame(new ApiVersionsRequestData(), 0, 1)) {
                client.write(new byte[] {one});
            }

            ApiVersionsResponseData answer = client.receive(0, new ApiVersionsResponseData(), 1);
            assertThat(answer.errorCode()).isEqualTo(Errors.NONE.code());
        }
    }

    /** A hundred frames of the largest size are announced, and of each a little comes. */
    @Test
    void anAnnouncedLengthReservesNothing() throws Exception {
        assumeTrue(ProcessFigures.available(), "needs /proc");
        assumeFalse(TestServer.isKafka(), "Kafka's memory is Kafka's");
        long before = ProcessFigures.residentBytes(server.process().pid());
        List<RawClient> liars = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                RawClient liar = connect();
                liars.add(liar);
                liar.write(length(LARGEST_FRAME));
                liar.write(new byte[1_000]);
            }
            othersAreServedAsBefore();

            assertThat(ProcessFigures.residentBytes(server.process().pid()) - before)
                    .as("bytes more in memory")
                    .isLessThan(50_000_000);
        } finally {
            for (RawClient liar : liars) {
                liar.close();
            }
        }
    }

    private static RawClient connect() throws IOException {
        return RawClient.connect(server.process().port());
    }

    /** Version 1, whose header ends with a client id and whose body is an array of names. */
    private static byte[] metadata() {
        MetadataRequestData request = new MetadataRequestData();
        request.topics().add(new MetadataRequestTopic().setName("bystanders"));
        return RawClient.frame(request, 1, 1);
    }

    private static byte[] withArrayLength(int length) {
        byte[] frame = metadata();
        int body = frame.length - (Integer.BYTES + Short.BYTES + "bystanders".length());
        ByteBuffer.wrap(frame).putInt(body, length);
        return frame;
    }

    /** A request of the newest kind with this in the place of its body. */
    private static byte[] flexible(byte[] body) {
        byte[] frame = RawClient.frame(new MetadataRequestData().setTopics(null), 12, 1);
        int header = frame.length - 1 - 2 - 1;
        ByteBuffer damaged = ByteBuffer.allocate(header + body.length);
        damaged.put(frame, 0, header).put(body);
        damaged.putInt(0, damaged.capacity() - Integer.BYTES);
        return damaged.array();
    }

    private static byte[] withShort(byte[] frame, int at, int value) {
        ByteBuffer.wrap(frame).putShort(at, (short) value);
        return frame;
    }

    private static byte[] length(int length) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
    }

    private static byte[] framed(byte[] bytes) {
        return ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
