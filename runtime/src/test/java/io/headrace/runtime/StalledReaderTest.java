package io.headrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.ports.DiskFile;
import io.headrace.wire.RecordSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that ask for much and read little of it. */
class StalledReaderTest {

    private static final int SLICE_BYTES = 8 << 20;
    private static final int STALLED = 8;
    private static final int LARGE_RESPONSE_BYTES = 4 << 20;
    private static final int RECEIVE_BUFFER_BYTES = 16 << 10;

    @TempDir
    private Path directory;

    @Test
    void aReaderThatStopsReadingHoldsUpNobodyAndIsSentNoSecondResponse() throws Exception {
        try (FileSource source = new FileSource(directory.resolve("log"));
                Network network = Network.start(1, source);
                Client other = network.connect()) {
            List<Client> stalled = stall(network);
            for (int id = 0; id < 200; id++) {
                assertThat(other.send(Frames.request(Frames.PIPELINED_API, id, 100))
                                .receive())
                        .isEqualTo(id);
            }

            assertThat(source.opened)
                    .as("one response each, of the two that were asked for")
                    .hasValue(STALLED);
            assertThat(network.memory.used()).as("the second requests").isLessThan(STALLED * 16_384L);
            closeAll(stalled);
            Await.until("every slice is closed", () -> source.closed.get() == STALLED);
        }
    }

    @Test
    void aReaderThatGoesOnGetsEverything() throws Exception {
        try (FileSource source = new FileSource(directory.resolve("log"));
                Network network = Network.start(1, source)) {
            List<Client> stalled = stall(network);
            for (Client client : stalled) {
                for (int response = 0; response < 2; response++) {
                    byte[] frame = client.receiveFrame();
                    int start = frame.length - SLICE_BYTES;
                    for (int i = 0; i < SLICE_BYTES; i += 1_021) {
                        assertThat(frame[start + i]).isEqualTo(MemorySlice.byteAt(i));
                    }
                }
            }
            closeAll(stalled);
            Await.until("every slice is closed", () -> source.closed.get() == 2 * STALLED);
            assertThat(source.closedTwice).hasValue(0);
        }
    }

    @Test
    void endingTheShardsClosesTheSlicesThatAreUnderWay() throws Exception {
        try (FileSource source = new FileSource(directory.resolve("log"))) {
            List<Client> stalled;
            try (Network network = Network.start(2, source)) {
                stalled = stall(network);
                Await.until("all are at work", () -> source.opened.get() == STALLED);
            }

            assertThat(source.closed).hasValue(STALLED);
            assertThat(source.closedTwice).hasValue(0);
            closeAll(stalled);
        }
    }

    @Test
    void whoReadsNothingOfLargeResponsesIsHungUpOnBeforeTheHeapIsFull() throws Exception {
        long limit = Limits.UNREAD_RESPONSE_BYTES;
        int clients = (int) (2 * limit / LARGE_RESPONSE_BYTES);
        Network.Handler large = new Network.Handler() {
            @Override
            public void handle(Exchange exchange) {
                exchange.complete(Frames.response(Frames.correlationId(exchange.frame()), LARGE_RESPONSE_BYTES));
            }
        };
        List<Client> stalled = new ArrayList<>();
        try (Network network = Network.start(1, large)) {
            for (int i = 0; i < clients; i++) {
                Client client = Client.connect(network.listener.address(), RECEIVE_BUFFER_BYTES);
                client.send(Frames.request(Frames.SERIAL_API, i, 0));
                stalled.add(client);
            }
            Shard shard = network.shards.shard(0);
            Await.until("the limit is reached", () -> unread(shard) > limit - LARGE_RESPONSE_BYTES);
            assertThat(unread(shard)).isLessThanOrEqualTo(limit);

            assertThat(stalled.getLast().receive()).as("who came last").isEqualTo(clients - 1);
            closeAll(stalled);
            Await.until("nothing is held", () -> unread(shard) == 0);
        }
    }

    private static long unread(Shard shard) {
        CompletableFuture<Long> bytes = new CompletableFuture<>();
        shard.post(() -> bytes.complete(shard.unreadResponses().size()));
        return bytes.orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** Clients that ask twice, and read nothing. */
    private static List<Client> stall(Network network) throws IOException {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < STALLED; i++) {
            Client client = Client.connect(network.listener.address(), RECEIVE_BUFFER_BYTES);
            client.send(
                    Frames.together(Frames.request(Frames.SERIAL_API, 1, 0), Frames.request(Frames.SERIAL_API, 2, 0)));
            clients.add(client);
        }
        return clients;
    }

    private static void closeAll(List<Client> clients) throws IOException {
        for (Client client : clients) {
            client.close();
        }
    }

    /** Answers serial requests with a slice of a file, the others with a few bytes. */
    private static final class FileSource extends Network.Handler implements AutoCloseable {
        private final DiskFile file;
        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();
        private final AtomicInteger closedTwice = new AtomicInteger();

        FileSource(Path path) throws IOException {
            file = new NioDisk().create(path);
            ByteBuffer bytes = ByteBuffer.allocate(SLICE_BYTES);
            for (int i = 0; i < SLICE_BYTES; i++) {
                bytes.put(i, MemorySlice.byteAt(i));
            }
            file.write(bytes, 0);
        }

        @Override
        public void handle(Exchange exchange) {
            int id = Frames.correlationId(exchange.frame());
            if (Frames.api(exchange.frame()) == Frames.PIPELINED_API) {
                exchange.placed();
                exchange.complete(Frames.response(id));
            } else {
                opened.incrementAndGet();
                exchange.complete(Frames.response(id, new FileSlice()));
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }

        private final class FileSlice implements RecordSlice {
            private boolean gone;

            @Override
            public int sizeInBytes() {
                return SLICE_BYTES;
            }

            @Override
            public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
                return file.transferTo(position, count, target);
            }

            @Override
            public void close() {
                (gone ? closedTwice : closed).incrementAndGet();
                gone = true;
            }
        }
    }
}
