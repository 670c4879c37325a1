package io.headrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.protocol.types.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every request decoder, at every version, fed with what no honest client sends: it decodes or says that the message is
 * malformed, and takes no more memory than a multiple of the frame.
 */
class DecodeFuzzTest {

    /** What lying array lengths may reserve: a thousand elements in each of a few nested arrays. */
    private static final long ALLOCATION_FLOOR_BYTES = 128 << 10;

    private static final long ALLOCATION_BYTES_PER_BYTE = 128;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.headrace.wire.Seeds#few")
    void randomBytes(long seed) {
        Random random = new Random(seed);
        forEveryVersion((api, version, schema) -> {
            byte[] bytes = new byte[random.nextInt(500)];
            random.nextBytes(bytes);
            feed(api, version, bytes);
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.headrace.wire.Seeds#few")
    void smallRandomBytesThatPassForLengths(long seed) {
        Random random = new Random(seed);
        forEveryVersion((api, version, schema) -> {
            byte[] bytes = new byte[random.nextInt(500)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(8) : 0);
            }
            feed(api, version, bytes);
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.headrace.wire.Seeds#few")
    void truncatedRequests(long seed) {
        Random random = new Random(seed);
        RandomMessages messages = new RandomMessages(random);
        forEveryVersion((api, version, schema) -> {
            byte[] whole = messages.message(schema).array();
            for (int i = 0; i < 10; i++) {
                feed(api, version, java.util.Arrays.copyOf(whole, random.nextInt(whole.length + 1)));
            }
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.headrace.wire.Seeds#few")
    void requestsWithFlippedBits(long seed) {
        Random random = new Random(seed);
        RandomMessages messages = new RandomMessages(random);
        forEveryVersion((api, version, schema) -> {
            byte[] whole = messages.message(schema).array();
            for (int i = 0; i < 10 && whole.length > 0; i++) {
                byte[] flipped = whole.clone();
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
                }
                feed(api, version, flipped);
            }
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.headrace.wire.Seeds#few")
    void requestsWithLyingLengths(long seed) {
        Random random = new Random(seed);
        RandomMessages messages = new RandomMessages(random);
        int[] lies = {-1, -2, Integer.MIN_VALUE, Integer.MAX_VALUE, 1_000_000, 1_000_001, 0x7fff_7fff};
        forEveryVersion((api, version, schema) -> {
            byte[] whole = messages.message(schema).array();
            for (int i = 0; i < 10 && whole.length >= 4; i++) {
                byte[] lying = whole.clone();
                ByteBuffer.wrap(lying).putInt(random.nextInt(lying.length - 3), lies[random.nextInt(lies.length)]);
                feed(api, version, lying);
            }
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.headrace.wire.Seeds#few")
    void headersOfRandomBytes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length > 3) {
                ByteBuffer.wrap(bytes).putShort((short) random.nextInt(95)).putShort((short) random.nextInt(15));
            }
            try {
                RequestHeader.read(new ByteReader(ByteBuffer.wrap(bytes)));
            } catch (MalformedMessage expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
    }

    private static void feed(ApiKey api, short version, byte[] bytes) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Throwable cause = null;
        try {
            RequestDecoder.decode(new RequestHeader(api, version, 1, null), new ByteReader(ByteBuffer.wrap(bytes)));
        } catch (MalformedMessage expected) {
            cause = expected.getCause();
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (cause != null) {
            assertThat(cause.getClass())
                    .as("the generated classes refuse with a bare RuntimeException; else it is a defect: %s", cause)
                    .isEqualTo(RuntimeException.class);
        }
        assertThat(allocated)
                .as("bytes allocated for %d bytes of %s %d", bytes.length, api, version)
                .isLessThan(ALLOCATION_FLOOR_BYTES + ALLOCATION_BYTES_PER_BYTE * bytes.length);
    }

    private static void forEveryVersion(Attempt attempt) {
        for (ApiKey api : RequestDecoderTest.SERVED) {
            Schema[] schemas = ApiMessageType.fromApiKey(api.id()).requestSchemas();
            for (short version = api.lowestVersion(); version <= api.highestVersion(); version++) {
                attempt.with(api, version, schemas[version]);
            }
        }
    }

    private interface Attempt {
        void with(ApiKey api, short version, Schema schema);
    }
}
