package io.headrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class ListenerTest {

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final MemoryBudget memory = new MemoryBudget(Network.MEMORY_BYTES);

    @Test
    void connectionsAreDealtOutToTheShardsInTurn() throws IOException {
        Set<Integer> shards = ConcurrentHashMap.newKeySet();
        Network.Handler handler = new Network.Handler() {
            @Override
            public void handle(Exchange exchange) {
                assertThat(exchange.connection().shard().isCurrent()).isTrue();
                shards.add(exchange.connection().shard().index());
                exchange.complete(Frames.response(1));
            }
        };
        try (Network network = Network.start(3, handler)) {
            for (int i = 0; i < 3; i++) {
                try (Client client = network.connect()) {
                    ask(client);
                }
            }
        }
        assertThat(shards).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void aPortThatIsTakenIsNamedAsOneWouldWriteIt() throws IOException {
        NetworkSettings settings = settings(NO_LIMIT, NO_LIMIT, 600_000);
        try (ShardGroup shards = ShardGroup.start(1);
                Listener first = Listener.bind(shards, new InetSocketAddress(0), settings)) {
            int port = first.address().getPort();

            assertThatThrownBy(() -> Listener.bind(shards, new InetSocketAddress(port), settings))
                    .hasMessageStartingWith("cannot listen on port " + port + ": ");
        }
    }

    @Test
    void twoThousandIdleConnectionsHoldNoBuffersAndAreServedOnDemand() throws IOException {
        int count = 2_000;
        List<Client> clients = new ArrayList<>();
        try (Network network = Network.start(2, settings(NO_LIMIT, NO_LIMIT, 600_000), memory, new Network.Echo())) {
            for (int i = 0; i < count; i++) {
                Client client = network.connect();
                clients.add(client);
                ask(client);
            }
            assertThat(memory.used()).isZero();
            for (int i = 0; i < count; i += 97) {
                ask(clients.get(i));
            }
            for (Client client : clients) {
                client.close();
            }
        }
    }

    @Test
    void beyondMaxConnectionsTheNextIsAcceptedWhenAnotherLeaves() throws IOException {
        try (LogCapture log = new LogCapture();
                Network network = Network.start(2, settings(2, NO_LIMIT, 600_000), memory, new Network.Echo());
                Client first = network.connect();
                Client second = network.connect();
                Client third = network.connect()) {
            ask(first);
            ask(second);
            third.send(Frames.request(Frames.SERIAL_API, 3, 0));
            Await.until("it is said", () -> log.lines() == 1);
            assertThat(log.text()).contains("max.connections");

            first.leave();

            assertThat(third.receive()).isEqualTo(3);
        }
    }

    @Test
    void beyondTheLimitOfAnAddressAConnectionIsClosedAtOnce() throws IOException {
        try (LogCapture log = new LogCapture();
                Network network = Network.start(1, settings(NO_LIMIT, 2, 600_000), memory, new Network.Echo());
                Client first = network.connect();
                Client second = network.connect()) {
            ask(first);
            ask(second);
            try (Client third = network.connect()) {
                assertThat(third.seesEnd()).isTrue();
            }
            assertThat(log.text()).contains("max.connections.per.ip");

            first.leave();

            Await.until("there is room again", () -> {
                try (Client fourth = network.connect()) {
                    return fourth.send(Frames.request(Frames.SERIAL_API, 4, 0)).receive() == 4;
                } catch (IOException refused) {
                    return false;
                }
            });
        }
    }

    @Test
    void aConnectionThatIsIdleForTooLongIsClosedAndOneThatWaitsForAnAnswerIsNot() throws Exception {
        Network.Collector collector = new Network.Collector();
        try (Network network = Network.start(1, settings(NO_LIMIT, NO_LIMIT, 30), memory, collector);
                Client waiting = network.connect();
                Client idle = network.connect()) {
            waiting.send(Frames.request(Frames.SERIAL_API, 5, 0));
            Network.Received received = collector.next();

            assertThat(idle.seesEnd()).isTrue();
            received.answer();

            assertThat(waiting.receive()).isEqualTo(5);
            assertThat(waiting.seesEnd()).isTrue();
        }
    }

    @Test
    void whatHangsOnAConnectionIsToldOnceThatItHasGone() throws Exception {
        Network.Collector collector = new Network.Collector();
        Set<String> told = ConcurrentHashMap.newKeySet();
        try (Network network = Network.start(1, collector)) {
            Client client = network.connect();
            client.send(Frames.request(Frames.PIPELINED_API, 1, 0));
            Network.Received received = collector.next();
            received.exchange().placed();
            Connection connection = received.exchange().connection();
            connection.shard().post(() -> {
                connection.attach("mine");
                connection.onClose(() -> told.add(connection.attachment() + " has gone"));
            });
            Network.turn(connection.shard());
            client.close();

            Await.until("it is told", () -> told.contains("mine has gone"));
            MemorySlice late = new MemorySlice(10);
            received.exchange().complete(Frames.response(1, late));
            Await.until("a late answer is closed", () -> late.timesClosed() == 1);
            connection.shard().post(() -> connection.onClose(() -> told.add("too late")));
            Await.until("who comes too late is told at once", () -> told.contains("too late"));
        }
    }

    @Test
    void clientsThatComeBeforeTheListenerAcceptsWaitForIt() throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ShardGroup shards = ShardGroup.start(1);
                Listener listener = Listener.bind(shards, anyPort, NetworkSettings.defaults());
                Client early = Client.connect(listener.address())) {
            early.send(Frames.request(Frames.SERIAL_API, 6, 0));

            listener.accept(memory, shard -> new Network.Echo());

            assertThat(early.receive()).isEqualTo(6);
        }
    }

    @Test
    void aConnectionKnowsBothItsAddresses() throws Exception {
        Network.Collector collector = new Network.Collector();
        try (Network network = Network.start(1, collector);
                Client client = network.connect()) {
            client.send(Frames.request(Frames.SERIAL_API, 1, 0));
            Connection connection = collector.next().exchange().connection();

            assertThat(connection.localAddress()).isEqualTo(network.listener.address());
            assertThat(connection.remoteAddress().getPort()).isEqualTo(client.port());
        }
    }

    @Test
    void aClosedListenerFreesItsPortAndLeavesItsConnectionsAlone() throws IOException {
        try (Network network = Network.start(2, new Network.Echo());
                Client client = network.connect()) {
            ask(client);
            network.listener.close();

            try (ServerSocket successor = new ServerSocket()) {
                successor.bind(network.listener.address());
            }
            ask(client);
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ShardGroup shards = ShardGroup.start(1)) {
            InetSocketAddress address = (InetSocketAddress) taken.getLocalSocketAddress();

            assertThatThrownBy(() -> Listener.bind(shards, address, NetworkSettings.defaults()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(Integer.toString(address.getPort()))
                    .hasMessageContaining("in use");
        }
    }

    private static void ask(Client client) throws IOException {
        ByteBuffer request = Frames.request(Frames.SERIAL_API, 9, 100);
        assertThat(client.send(request).receive()).isPositive();
    }

    private static NetworkSettings settings(int maxConnections, int maxConnectionsPerIp, long idleMaxMs) {
        return new NetworkSettings(1 << 20, idleMaxMs, maxConnections, maxConnectionsPerIp, -1, -1, 50, 30_000);
    }
}
