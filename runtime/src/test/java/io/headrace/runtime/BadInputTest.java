package io.headrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.wire.MalformedMessage;
import io.headrace.wire.RecordSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it costs a client to send what cannot be: its connection, one line in the log, and nobody else anything. */
class BadInputTest {

    private static final int FRAME_MAX_BYTES = 1 << 20;
    private static final long FRAME_PROGRESS_MS = 50;

    private final MemoryBudget memory = new MemoryBudget(Network.MEMORY_BYTES);

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 0, FRAME_MAX_BYTES + 1})
    void aLengthThatCannotBeClosesTheConnectionWithOneLine(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(64).putInt(length).rewind();

        assertCostsTheConnectionOnly(new Network.Echo(), bytes);
    }

    @Test
    void aFrameThatDoesNotArriveInTimeClosesTheConnectionWithOneLine() throws IOException {
        ByteBuffer half = Frames.request(Frames.SERIAL_API, 1, 1_000);

        assertCostsTheConnectionOnly(new Network.Echo(), half.limit(half.limit() - 1));
    }

    @Test
    void aLengthThatDoesNotArriveInTimeClosesTheConnectionWithOneLine() throws IOException {
        assertCostsTheConnectionOnly(new Network.Echo(), ByteBuffer.allocate(3));
    }

    @Test
    void aFrameThatTheHandlerFindsMalformedClosesTheConnectionWithOneLine() throws IOException {
        assertCostsTheConnectionOnly(new Refusing(new MalformedMessage("a test says so")), bad());
    }

    @Test
    void aFaultOfTheHandlerClosesTheConnectionAndIsLoggedOnce() throws IOException {
        assertCostsTheConnectionOnly(new Refusing(new IllegalStateException("a bug")), bad());
    }

    @Test
    void anErrorOfTheHandlerDoesNotEndTheShard() throws IOException {
        assertCostsTheConnectionOnly(new Refusing(new StackOverflowError("too deep")), bad());
    }

    @Test
    void aFileThatCannotBeSentCostsTheConnectionAndIsSaidInOneLine() throws IOException {
        RequestHandler handler = new Network.Handler() {
            @Override
            public void handle(Exchange exchange) {
                int id = Frames.correlationId(exchange.frame());
                boolean isBad = Frames.api(exchange.frame()) == Refusing.BAD_API;
                exchange.complete(isBad ? Frames.response(id, new UnreadableSlice()) : Frames.response(id));
            }
        };
        try (LogCapture log = new LogCapture();
                Network network = Network.start(1, settings(), memory, handler);
                Client bad = network.connect();
                Client other = network.connect()) {
            bad.send(bad());

            Await.until("it is said", () -> log.lines() == 1);
            assertThat(log.text()).contains("Input/output error");
            assertAnswers(other);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomBytesCostTheirSenderTheConnectionAtMost(long seed) throws IOException {
        byte[] noise = new byte[4_096];
        new Random(seed).nextBytes(noise);
        try (Network network = Network.start(1, settings(), memory, new Network.Echo());
                Client noisy = network.connect();
                Client other = network.connect()) {
            noisy.send(ByteBuffer.wrap(noise));

            assertThat(noisy.seesEnd()).isTrue();
            assertAnswers(other);
        }
        assertThat(memory.used()).isZero();
    }

    private void assertCostsTheConnectionOnly(RequestHandler handler, ByteBuffer bytes) throws IOException {
        try (LogCapture log = new LogCapture();
                Network network = Network.start(1, settings(), memory, handler);
                Client bad = network.connect();
                Client other = network.connect()) {
            bad.send(bytes);

            assertThat(bad.seesEnd()).isTrue();
            assertAnswers(other);
            assertThat(memory.used()).isZero();
            assertThat(log.lines()).as(log.text()).isEqualTo(1);
        }
    }

    private static void assertAnswers(Client client) throws IOException {
        assertThat(client.send(Frames.request(Frames.SERIAL_API, 77, 10)).receive())
                .isEqualTo(77);
    }

    private static ByteBuffer bad() {
        return Frames.request(Refusing.BAD_API, 1, 10);
    }

    private static NetworkSettings settings() {
        return new NetworkSettings(
                FRAME_MAX_BYTES, 600_000, Integer.MAX_VALUE, Integer.MAX_VALUE, -1, -1, 50, FRAME_PROGRESS_MS);
    }

    private static final class UnreadableSlice implements RecordSlice {
        @Override
        public int sizeInBytes() {
            return 100;
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
            throw new IOException("Input/output error");
        }

        @Override
        public void close() {}
    }

    /** Answers all frames but those of one API. */
    private static final class Refusing extends Network.Handler {
        static final short BAD_API = 13;
        private final Throwable refusal;

        Refusing(Throwable refusal) {
            this.refusal = refusal;
        }

        @Override
        public void handle(Exchange exchange) {
            if (Frames.api(exchange.frame()) != BAD_API) {
                exchange.complete(Frames.response(Frames.correlationId(exchange.frame())));
            } else if (refusal instanceof Error error) {
                throw error;
            } else {
                throw (RuntimeException) refusal;
            }
        }
    }
}
