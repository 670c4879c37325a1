package io.headrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DrainTest {

    private static final long LONG_MS = 60_000;

    private final Network.Collector collector = new Network.Collector();

    @Test
    void drainingWaitsForTheAnswersThatAreOwedAndHandlesNoFurtherRequest() throws Exception {
        try (Network network = Network.start(1, collector);
                Client idle = network.connect();
                Client parked = network.connect()) {
            parked.send(
                    Frames.together(Frames.request(Frames.SERIAL_API, 1, 0), Frames.request(Frames.SERIAL_API, 2, 0)));
            Network.Received received = collector.next();
            network.listener.close();
            CountDownLatch drained = new CountDownLatch(1);
            new Thread(() -> {
                        network.shards.drain(LONG_MS);
                        drained.countDown();
                    })
                    .start();

            assertThat(idle.seesEnd()).isTrue();
            assertThat(drained.getCount()).isEqualTo(1);
            received.answer();

            assertThat(parked.receive()).isEqualTo(1);
            assertThat(parked.seesEnd()).isTrue();
            drained.await();
            assertThat(collector.waiting()).isZero();
        }
    }

    @Test
    void drainingWithNothingToWaitForReturnsAtOnce() throws Exception {
        try (Network network = Network.start(2, collector);
                Client idle = network.connect()) {
            idle.send(Frames.request(Frames.SERIAL_API, 1, 0));
            collector.next().answer();
            idle.receive();
            network.listener.close();

            network.shards.drain(LONG_MS);

            assertThat(idle.seesEnd()).isTrue();
        }
    }

    @Test
    void aConnectionThatHasJustClosedDoesNotKeepTheOthersFromDraining() throws Exception {
        try (Network network = Network.start(1, collector);
                Client idle = network.connect()) {
            idle.send(Frames.request(Frames.SERIAL_API, 1, 0));
            collector.next().answer();
            Shard shard = network.shards.shard(0);
            CountDownLatch drained = new CountDownLatch(1);
            try (Client leaving = network.connect()) {
                leaving.send(Frames.request(Frames.SERIAL_API, 2, 0));
                Network.Received last = collector.next();
                last.answer();
                Connection connection = last.exchange().connection();
                shard.post(() -> connection.onClose(() -> shard.post(() -> shard.drain(drained::countDown))));
            }

            idle.receive();
            assertThat(idle.seesEnd()).isTrue();
            assertThat(drained.await(LONG_MS, TimeUnit.MILLISECONDS)).isTrue();
        }
    }

    @Test
    void whoHasNoAnswerWhenTheTimeIsOverIsClosedAllTheSame() throws Exception {
        try (Network network = Network.start(1, collector);
                Client parked = network.connect()) {
            parked.send(Frames.request(Frames.SERIAL_API, 1, 0));
            Network.Received received = collector.next();
            network.listener.close();

            network.shards.drain(1);

            assertThat(parked.seesEnd()).isTrue();
            assertThat(received.exchange().connection().closed()).isTrue();
        }
    }
}
