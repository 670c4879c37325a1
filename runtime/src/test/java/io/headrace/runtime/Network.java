package io.headrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Shards and a listener on a free port, with a handler that leaves what it gets to the test. */
final class Network implements AutoCloseable {

    static final long MEMORY_BYTES = 64 << 20;

    final ShardGroup shards;
    final Listener listener;
    final MemoryBudget memory;

    private Network(ShardGroup shards, Listener listener, MemoryBudget memory) {
        this.shards = shards;
        this.listener = listener;
        this.memory = memory;
    }

    static Network start(int shards, RequestHandler handler) throws IOException {
        return start(shards, NetworkSettings.defaults(), new MemoryBudget(MEMORY_BYTES), handler);
    }

    static Network start(int shardCount, NetworkSettings settings, MemoryBudget memory, RequestHandler handler)
            throws IOException {
        ShardGroup shards = ShardGroup.start(shardCount);
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Listener listener = Listener.bind(shards, anyPort, settings);
        listener.accept(memory, shard -> handler);
        return new Network(shards, listener, memory);
    }

    Client connect() throws IOException {
        return Client.connect(listener.address());
    }

    /** Returns when the shard has been through its loop: what it had to do before is done. */
    static void turn(Shard shard) throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            CountDownLatch done = new CountDownLatch(1);
            assertThat(shard.post(() -> shard.schedule(0, done::countDown))).isTrue();
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Override
    public void close() {
        listener.close();
        shards.close();
    }

    /** Says what the API of a frame says. */
    abstract static class Handler implements RequestHandler {
        @Override
        public Placement placementOf(ByteBuffer frame) {
            return Frames.api(frame) == Frames.PIPELINED_API ? Placement.PIPELINED : Placement.SERIAL;
        }
    }

    /** Answers at once. */
    static final class Echo extends Handler {
        @Override
        public void handle(Exchange exchange) {
            exchange.complete(Frames.response(Frames.correlationId(exchange.frame())));
        }
    }

    /** Keeps what comes for the test to answer. */
    static class Collector extends Handler {
        private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

        @Override
        public void handle(Exchange exchange) {
            received.add(new Received(Frames.correlationId(exchange.frame()), exchange));
        }

        Received next() throws InterruptedException {
            Received next = received.poll(30, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no request came");
            }
            return next;
        }

        List<Received> next(int count) throws InterruptedException {
            List<Received> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(next());
            }
            return all;
        }

        int waiting() {
            return received.size();
        }
    }

    record Received(int correlationId, Exchange exchange) {
        void answer() {
            exchange.complete(Frames.response(correlationId));
        }
    }
}
