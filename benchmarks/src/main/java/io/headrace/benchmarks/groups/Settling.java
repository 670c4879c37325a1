package io.headrace.benchmarks.groups;

import io.headrace.benchmarks.Spread;
import io.headrace.benchmarks.Table;
import io.headrace.compat.BrokerProcess;
import io.headrace.compat.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How long it takes until every partition has its reader again: from the subscription of a member, or from the moment that
 * one begins to leave. Each member polls on a thread of its own, as an application does. Before each change but the first
 * the group is at rest for longer than one heartbeat interval and less than two, so that the change meets the members'
 * heartbeats at any point of their interval.
 */
final class Settling {

    private static final String TOPIC = "shared";
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private record Round(double firstMs, double secondMs, double leaveMs) {}

    private final ServerProcess server;
    private final GroupProtocol protocol;
    private final boolean resting;
    private final Random random = new Random(1);
    private final List<Round> rounds = new ArrayList<>();

    /** @param resting whether the group rests before a change; otherwise one change follows the other at once */
    Settling(ServerProcess server, GroupProtocol protocol, boolean resting) {
        this.server = server;
        this.protocol = protocol;
        this.resting = resting;
    }

    static void createTopic(ServerProcess server) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", server.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }

    void play(int round) throws InterruptedException {
        String group = protocol + (resting ? "-rested-" : "-") + round;
        Member one = new Member(group);
        Member two = new Member(group);
        double first = timed(one::begin, () -> one.partitions == PARTITIONS);
        rest();
        double second = timed(two::begin, () -> one.partitions == PARTITIONS / 2 && two.partitions == PARTITIONS / 2);
        rest();
        double leave = timed(two::end, () -> one.partitions == PARTITIONS);
        one.end();
        one.thread.join();
        two.thread.join();
        rounds.add(new Round(first, second, leave));
    }

    private void rest() throws InterruptedException {
        if (resting) {
            Thread.sleep((long) (heartbeatIntervalMs() * (1 + random.nextDouble())));
        }
    }

    /** The client's default for classic groups, Apache Kafka's for consumer groups. */
    private int heartbeatIntervalMs() {
        return protocol == GroupProtocol.CLASSIC ? 3_000 : 5_000;
    }

    private static double timed(Runnable action, BooleanSupplier settled) throws InterruptedException {
        long begin = System.nanoTime();
        action.run();
        while (!settled.getAsBoolean()) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IllegalStateException("the group does not settle");
            }
            Thread.sleep(1);
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    void addTo(Table table) {
        table.row(
                server instanceof BrokerProcess ? "Headrace" : "Apache Kafka",
                protocol.name().toLowerCase(Locale.ROOT),
                resting ? "at rest" : "at once",
                Spread.of(rounds, Round::firstMs),
                Spread.of(rounds, Round::secondMs),
                Spread.of(rounds, Round::leaveMs));
    }

    private final class Member implements Runnable {
        private final Consumer<byte[], byte[]> consumer;
        private final Thread thread = new Thread(this, "member");
        private volatile boolean ending;
        private volatile int partitions;

        Member(String group) {
            Map<String, Object> config = new HashMap<>();
            config.put("bootstrap.servers", server.bootstrap());
            config.put("group.id", group);
            config.put("group.protocol", protocol.name());
            consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        void begin() {
            thread.start();
        }

        void end() {
            ending = true;
        }

        @Override
        public void run() {
            try (consumer) {
                consumer.subscribe(List.of(TOPIC));
                while (!ending) {
                    consumer.poll(Duration.ofMillis(10));
                    partitions = consumer.assignment().size();
                }
            }
            partitions = 0;
        }
    }
}
