package io.headrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reading pauses when requests hold all the memory that they may, and goes on when it is given back. */
class MemoryPressureTest {

    private static final int BUDGET_BYTES = 1 << 20;
    private static final int FRAME_BYTES = 1 << 19;
    private static final int CLIENTS = 8;
    private static final long IDLE_MAX_MS = 400;

    private final Network.Collector collector = new Network.Collector();
    private final MemoryBudget memory = new MemoryBudget(BUDGET_BYTES);

    /** Keeps every frame until the test has placed it. */
    private final RequestHandler retaining = new Network.Handler() {
        @Override
        public void handle(Exchange exchange) {
            exchange.retain();
            collector.handle(exchange);
        }
    };

    @Test
    void readingPausesWhileTheMemoryIsUsedUpAndGoesOnForEveryone() throws Exception {
        try (Network network = Network.start(2, NetworkSettings.defaults(), memory, retaining)) {
            List<Thread> senders = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                senders.add(sendThree(network.connect(), i));
            }
            Await.until("the memory is used up", () -> memory.used() >= BUDGET_BYTES);

            long most = 0;
            for (int i = 0; i < 3 * CLIENTS; i++) {
                Network.Received received = collector.next();
                most = Math.max(most, memory.used());
                assertThat(Frames.isIntact(received.exchange().frame())).isTrue();
                received.exchange().placed();
                received.answer();
            }

            for (Thread sender : senders) {
                sender.join();
            }
            assertThat(most).isLessThan(BUDGET_BYTES + 6 * FRAME_BYTES);
            Await.until("all memory is given back", () -> memory.used() == 0);
        }
    }

    @Test
    void framesThatAreAllIncompleteAndFillTheMemoryAreCompletedOneAfterAnother() throws Exception {
        MemoryBudget small = new MemoryBudget(64 << 10);
        try (Network network = Network.start(1, NetworkSettings.defaults(), small, retaining)) {
            List<Client> clients = new ArrayList<>();
            List<ByteBuffer> rests = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                ByteBuffer frame = Frames.request(Frames.SERIAL_API, i, FRAME_BYTES);
                clients.add(network.connect().send(frame.slice(0, 40 << 10)));
                rests.add(frame.position(40 << 10));
            }
            Await.until("the memory is used up", () -> small.used() >= small.size());
            List<Thread> senders = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                senders.add(send(clients.get(i), rests.get(i)));
            }

            for (int i = 0; i < CLIENTS; i++) {
                Network.Received received = collector.next();
                assertThat(Frames.isIntact(received.exchange().frame())).isTrue();
                received.exchange().placed();
                received.answer();
            }

            for (Thread sender : senders) {
                sender.join();
            }
            Await.until("all memory is given back", () -> small.used() == 0);
        }
    }

    @Test
    void connectionsThatAreClosedWhileTheyWaitAreNotWaitedFor() throws Exception {
        NetworkSettings impatient = new NetworkSettings(
                FRAME_BYTES * 4, IDLE_MAX_MS, Integer.MAX_VALUE, Integer.MAX_VALUE, -1, -1, 50, 30_000);
        try (Network network = Network.start(1, impatient, memory, retaining);
                Client first = network.connect()) {
            first.send(Frames.request(Frames.PIPELINED_API, 1, BUDGET_BYTES));
            Network.Received holding = collector.next();
            for (int i = 0; i < CLIENTS; i++) {
                try (Client waiting = network.connect()) {
                    waiting.send(Frames.request(Frames.SERIAL_API, 2, 100));
                    if (i == CLIENTS - 1) {
                        assertThat(waiting.seesEnd()).isTrue();
                    }
                }
            }
            Network.turn(network.shards.shard(0));
            assertThat(collector.waiting()).isZero();

            holding.exchange().placed();

            try (Client last = network.connect()) {
                last.send(Frames.request(Frames.SERIAL_API, 3, 100));
                collector.next().answer();
                assertThat(last.receive()).isEqualTo(3);
            }
        }
    }

    private static Thread sendThree(Client client, int id) throws IOException {
        ByteBuffer frame = Frames.request(Frames.PIPELINED_API, id, FRAME_BYTES);
        return send(client, Frames.together(frame.duplicate(), frame.duplicate(), frame));
    }

    private static Thread send(Client client, ByteBuffer bytes) {
        Thread sender = new Thread(() -> {
            try {
                client.send(bytes);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        sender.start();
        return sender;
    }
}
