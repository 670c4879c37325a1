package io.headrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PipeliningTest {

    private final Network.Collector collector = new Network.Collector();
    private Network network;
    private Client client;

    @BeforeEach
    void connect() throws IOException {
        network = Network.start(2, collector);
        client = network.connect();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        network.close();
    }

    @Test
    void responsesLeaveInTheOrderOfTheRequestsWhateverTheOrderOfTheAnswers() throws Exception {
        List<Network.Received> received = receivePlaced(1, 2, 3);

        received.get(2).answer();
        received.get(1).answer();
        received.get(0).answer();

        assertThat(List.of(client.receive(), client.receive(), client.receive()))
                .containsExactly(1, 2, 3);
    }

    @Test
    void theNextProduceIsHandledOnlyWhenTheOneBeforeIsPlaced() throws Exception {
        client.send(Frames.together(
                Frames.request(Frames.PIPELINED_API, 1, 10), Frames.request(Frames.PIPELINED_API, 2, 10)));
        Network.Received first = collector.next();

        Network.turn(first.exchange().connection().shard());
        assertThat(collector.waiting()).isZero();
        first.exchange().placed();

        assertThat(collector.next().correlationId()).isEqualTo(2);
    }

    @Test
    void aSerialRequestHoldsTheConnectionUntilItIsAnsweredEvenIfItIsPlaced() throws Exception {
        client.send(
                Frames.together(Frames.request(Frames.SERIAL_API, 1, 10), Frames.request(Frames.PIPELINED_API, 2, 10)));
        Network.Received first = collector.next();

        first.exchange().placed();
        Network.turn(first.exchange().connection().shard());
        assertThat(collector.waiting()).isZero();
        first.answer();

        assertThat(collector.next().correlationId()).isEqualTo(2);
    }

    @Test
    void aSerialRequestBehindPlacedOnesIsHandledAtOnceAndAnsweredAfterThem() throws Exception {
        List<Network.Received> placed = receivePlaced(1, 2);
        client.send(Frames.request(Frames.SERIAL_API, 3, 10));
        collector.next().answer();

        placed.get(0).answer();
        placed.get(1).answer();

        assertThat(List.of(client.receive(), client.receive(), client.receive()))
                .containsExactly(1, 2, 3);
    }

    @Test
    void aSilentRequestTakesItsTurnAndSendsNothing() throws Exception {
        List<Network.Received> received = receivePlaced(1, 2, 3);

        received.get(2).answer();
        received.get(1).exchange().completeSilently();
        received.get(0).answer();

        assertThat(List.of(client.receive(), client.receive())).containsExactly(1, 3);
    }

    @Test
    void aDisconnectLetsTheResponsesBeforeItLeave() throws Exception {
        List<Network.Received> received = receivePlaced(1, 2, 3);

        received.get(2).answer();
        received.get(1).exchange().disconnect("a test says so");
        received.get(0).answer();

        assertThat(client.receive()).isEqualTo(1);
        assertThat(client.seesEnd()).isTrue();
    }

    @Test
    void onlyTheFirstAnswerCounts() throws Exception {
        Network.Received received = receivePlaced(1).get(0);

        received.answer();
        received.answer();
        received.exchange().disconnect("too late");
        client.send(Frames.request(Frames.SERIAL_API, 2, 0));
        collector.next().answer();

        assertThat(List.of(client.receive(), client.receive())).containsExactly(1, 2);
    }

    @Test
    void whoHoldsAnAnswerBackIsToldThatTheNextRequestWaitsForIt() throws Exception {
        Network.Handler patient = new Network.Handler() {
            @Override
            public void handle(Exchange exchange) {
                Network.Received received = new Network.Received(Frames.correlationId(exchange.frame()), exchange);
                exchange.whenFollowed(received::answer);
                collector.handle(exchange);
            }
        };
        try (Network other = Network.start(1, patient);
                Client sender = other.connect()) {
            sender.send(Frames.request(Frames.SERIAL_API, 1, 10));
            collector.next();

            sender.send(Frames.request(Frames.SERIAL_API, 2, 10));
            assertThat(sender.receive()).isEqualTo(1);
            collector.next();

            sender.send(Frames.together(
                    Frames.request(Frames.SERIAL_API, 3, 10), Frames.request(Frames.SERIAL_API, 4, 10)));
            assertThat(List.of(sender.receive(), sender.receive())).containsExactly(2, 3);
        }
    }

    @Test
    void aRetainedFrameLastsUntilItsRequestIsPlacedAndIsGivenBackThen() throws Exception {
        Network.Handler retaining = new Network.Handler() {
            @Override
            public void handle(Exchange exchange) {
                exchange.retain();
                collector.handle(exchange);
            }
        };
        try (Network other = Network.start(1, retaining);
                Client sender = other.connect()) {
            sender.send(Frames.request(Frames.PIPELINED_API, 1, 1_000));
            Exchange exchange = collector.next().exchange();
            Await.until("the frame counts", () -> other.memory.used() > 0);
            assertThat(Frames.isIntact(exchange.frame())).isTrue();

            exchange.placed();

            Await.until("the frame is given back", () -> other.memory.used() == 0);
        }
    }

    @Test
    void aRetainedFrameLastsUntilItsRequestIsPlacedEvenIfThatWasAnsweredEarlier() throws Exception {
        Network.Handler retaining = new Network.Handler() {
            @Override
            public void handle(Exchange exchange) {
                exchange.retain();
                collector.handle(exchange);
            }
        };
        try (Network other = Network.start(1, retaining);
                Client sender = other.connect()) {
            sender.send(Frames.request(Frames.PIPELINED_API, 1, 1_000));
            Network.Received received = collector.next();

            received.answer();

            assertThat(sender.receive()).isEqualTo(1);
            assertThat(other.memory.used()).isPositive();
            assertThat(Frames.isIntact(received.exchange().frame())).isTrue();
            received.exchange().placed();
            Await.until("the frame is given back", () -> other.memory.used() == 0);
        }
    }

    @Test
    void whoClosesItsSideWhileItWaitsIsNoticedAndAnsweredAllTheSame() throws Exception {
        AtomicInteger hurried = new AtomicInteger();
        client.send(Frames.request(Frames.SERIAL_API, 1, 0));
        Network.Received parked = collector.next();
        Connection connection = parked.exchange().connection();
        connection.shard().post(() -> connection.onInputEnd(hurried::incrementAndGet));
        Network.turn(connection.shard());

        client.endOutput();

        Await.until("the end is noticed", () -> hurried.get() == 1);
        parked.answer();
        assertThat(client.receive()).isEqualTo(1);
        assertThat(client.seesEnd()).isTrue();
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsNotCounted() throws Exception {
        client.send(Frames.request(Frames.PIPELINED_API, 1, 0));
        Network.Received produce = collector.next();
        produce.exchange().placed();
        client.send(Frames.request(Frames.SERIAL_API, 2, 0));
        Network.Received fetch = collector.next();
        Shard shard = fetch.exchange().connection().shard();
        assertThat(exchanges(shard)).isEqualTo(2);

        client.reset();

        Await.until("the parked one is given up", () -> exchanges(shard) == 1);
        produce.answer();
        Await.until("the other one is answered", () -> exchanges(shard) == 0);
        fetch.answer();
        Network.turn(shard);
        assertThat(exchanges(shard)).isZero();
    }

    private static int exchanges(Shard shard) {
        CompletableFuture<Integer> count = new CompletableFuture<>();
        shard.post(() -> count.complete(shard.exchanges()));
        return count.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Test
    void whatComesWhileARequestHoldsTheConnectionIsHandledAfterIt() throws Exception {
        client.send(Frames.request(Frames.SERIAL_API, 1, 0));
        Network.Received parked = collector.next();
        Connection connection = parked.exchange().connection();
        AtomicInteger hurried = new AtomicInteger();
        connection.shard().post(() -> connection.onInputEnd(hurried::incrementAndGet));
        Network.turn(connection.shard());
        client.send(Frames.request(Frames.SERIAL_API, 2, 100_000));
        client.send(Frames.request(Frames.SERIAL_API, 3, 0));
        Network.turn(connection.shard());
        assertThat(collector.waiting()).isZero();

        parked.answer();
        collector.next().answer();
        collector.next().answer();

        assertThat(List.of(client.receive(), client.receive(), client.receive()))
                .containsExactly(1, 2, 3);
        assertThat(hurried).hasValue(0);
    }

    @Test
    void noMoreRequestsAreHandledThanMayBeInFlight() throws Exception {
        int limit = Limits.IN_FLIGHT_REQUESTS;
        for (int id = 0; id <= limit; id++) {
            client.send(Frames.request(Frames.PIPELINED_API, id, 0));
        }
        Network.Received first = collector.next();
        first.exchange().placed();
        for (int i = 1; i < limit; i++) {
            collector.next().exchange().placed();
        }
        Network.turn(first.exchange().connection().shard());
        assertThat(collector.waiting()).isZero();

        first.answer();

        assertThat(collector.next().correlationId()).isEqualTo(limit);
    }

    @Test
    void whenAShardHasTooManyRequestsInFlightEveryConnectionStillHasOne() throws Exception {
        int connections = Limits.IN_FLIGHT_REQUESTS_PER_SHARD / Limits.IN_FLIGHT_REQUESTS + 2;
        int each = Limits.IN_FLIGHT_REQUESTS;
        ByteBuffer[] frames = new ByteBuffer[each];
        for (int id = 0; id < each; id++) {
            frames[id] = Frames.request(Frames.PIPELINED_API, id, 0);
        }
        ByteBuffer burst = Frames.together(frames);
        Network.Collector placing = new Network.Collector() {
            @Override
            public void handle(Exchange exchange) {
                exchange.placed();
                super.handle(exchange);
            }
        };
        List<Client> clients = new ArrayList<>();
        try (Network crowded = Network.start(1, placing)) {
            for (int i = 0; i < connections; i++) {
                clients.add(crowded.connect().send(burst.duplicate()));
            }
            Await.until("the shard is full", () -> placing.waiting() >= Limits.IN_FLIGHT_REQUESTS_PER_SHARD);
            Client late = crowded.connect().send(burst.duplicate());
            clients.add(late);
            int fair = Limits.IN_FLIGHT_REQUESTS_PER_SHARD + connections;
            Network.turn(crowded.shards.shard(0));
            assertThat(placing.waiting()).isBetween(Limits.IN_FLIGHT_REQUESTS_PER_SHARD, fair);

            for (int i = 0; i < (connections + 1) * each; i++) {
                placing.next().answer();
            }

            for (Client one : clients) {
                for (int id = 0; id < each; id++) {
                    assertThat(one.receive()).isEqualTo(id);
                }
                one.close();
            }
        }
    }

    /** Sends pipelined requests and places each when it arrives. */
    private List<Network.Received> receivePlaced(int... correlationIds) throws Exception {
        for (int id : correlationIds) {
            client.send(Frames.request(Frames.PIPELINED_API, id, 10));
        }
        List<Network.Received> all = new ArrayList<>();
        for (int i = 0; i < correlationIds.length; i++) {
            Network.Received received = collector.next();
            received.exchange().placed();
            all.add(received);
        }
        return all;
    }
}
