package io.headrace.compat.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.compat.Eventually;
import io.headrace.compat.JavaClients;
import io.headrace.compat.ServerProcess;
import io.headrace.compat.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Groups of four members that commit after each batch, while members are killed, paused, replaced, joined and restarted and
 * the broker is killed: every record is read, and every repeat lies at or beyond the last commit. All kinds of membership
 * suffer the same at once. {@code -Dheadrace.long=true} ({@code ./dev torture}) adds rounds of what chance brings, {@code
 * -Dheadrace.seed=N} other ones.
 */
class GroupTortureTest {

    private static final int MEMBERS = 4;
    private static final int ROUNDS = Boolean.getBoolean("headrace.long") ? 30 : 0;

    @TempDir
    Path directory;

    private ServerProcess server;
    private JavaClients clients;
    private Feed feed;
    private Crew crew;

    @BeforeEach
    void start() throws Exception {
        String sessionTimeout = Integer.toString(Membership.SESSION_TIMEOUT_MS);
        server = TestServer.in(
                directory.resolve("server"),
                Map.of(
                        "group.initial.rebalance.delay.ms", "0",
                        "group.consumer.min.session.timeout.ms", sessionTimeout,
                        "group.consumer.session.timeout.ms", sessionTimeout));
        server.start();
        clients = new JavaClients(server.bootstrap());
        clients.createTopic(Feed.TOPIC, Feed.PARTITIONS);
        feed = Feed.begin(
                clients.producer("linger.ms", "100", "delivery.timeout.ms", "600000", "max.block.ms", "600000"));
        crew = new Crew(server.bootstrap(), directory, feed);
    }

    @AfterEach
    void end() throws Exception {
        crew.killAll();
        clients.close();
        server.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Timeout(1_800)
    void everyRecordIsReadAndEveryRepeatLiesBeyondTheLastCommit(long seed) throws Exception {
        long begun = System.nanoTime();
        for (int place = 0; place < MEMBERS; place++) {
            crew.start(place);
        }
        crew.awaitProgress();
        crew.migrateTo("consumer");
        oneIsKilledAndOneReplacedWhileItSleeps();
        oneSleepsAndOneJoinsWhileTheBrokerIsKilled();
        crew.stop(MEMBERS);
        crew.migrateTo("classic");
        everyoneIsRestartedInTurn();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            whatChanceBrings(random);
        }

        long records = feed.end();
        crew.awaitCommits(records);
        crew.stopAll();
        Verdict verdict = crew.verdict(records);
        System.out.printf(
                "%,d records for each of %d groups, read %,d times in all (%d late), %,d commits, %d processes, %d ms%n",
                records * Feed.PARTITIONS,
                Membership.values().length,
                verdict.reads(),
                verdict.lateReads(),
                verdict.commits(),
                crew.size(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        assertThat(verdict.violations()).isEmpty();
        for (Membership membership : Membership.values()) {
            assertThat(committed(membership))
                    .as("committed by %s", membership)
                    .hasSize(Feed.PARTITIONS)
                    .allSatisfy((_, offset) -> assertThat(offset).isEqualTo(records));
        }
    }

    static List<Long> seeds() {
        return List.of(Long.getLong("headrace.seed", 1));
    }

    /** The one that sleeps is taken for dead, and finds somebody at its place when it wakes. */
    private void oneIsKilledAndOneReplacedWhileItSleeps() throws Exception {
        crew.pause(1);
        MemberProcess sleeper = crew.leave(1);
        crew.start(1);
        crew.kill(0);
        crew.start(0);
        crew.awaitProgress();
        sleeper.resume();
        Journal ofStatic = sleeper.journal(Membership.CLASSIC_STATIC);
        Eventually.until("the static member that was replaced is put out", () -> {
            ofStatic.refresh();
            return !ofStatic.entries().isEmpty()
                    && ofStatic.entries().getLast() instanceof JournalEntry.Closed(long _, String why)
                    && why.equals("FencedInstanceIdException");
        });
        crew.awaitProgress();
        sleeper.stop();
    }

    private void oneSleepsAndOneJoinsWhileTheBrokerIsKilled() throws Exception {
        crew.pause(2);
        crew.start(MEMBERS);
        server.kill();
        server.start();
        crew.awaitProgress();
        crew.resume(2);
        crew.awaitWork(2);
        crew.awaitWork(MEMBERS);
    }

    private void everyoneIsRestartedInTurn() throws Exception {
        for (int place = 0; place < MEMBERS; place++) {
            crew.stop(place);
            crew.start(place);
            crew.awaitWork(place);
        }
    }

    private void whatChanceBrings(Random random) throws Exception {
        int place = random.nextInt(MEMBERS);
        int other = (place + 1 + random.nextInt(MEMBERS - 1)) % MEMBERS;
        crew.migrateTo(random.nextBoolean() ? "classic" : "consumer");
        switch (random.nextInt(6)) {
            case 0 -> {
                crew.kill(place);
                crew.kill(other);
                crew.start(other);
                crew.start(place);
            }
            case 1 -> {
                crew.pause(place);
                crew.stop(other);
                crew.awaitProgress();
                crew.resume(place);
                crew.start(other);
            }
            case 2 -> {
                crew.start(MEMBERS);
                server.kill();
                server.start();
                crew.awaitWork(MEMBERS);
                crew.kill(MEMBERS);
            }
            case 3 -> {
                server.kill();
                crew.kill(place);
                crew.start(place);
                server.start();
            }
            case 4 -> {
                crew.pause(place);
                MemberProcess sleeper = crew.leave(place);
                crew.start(place);
                crew.awaitProgress();
                sleeper.resume();
                server.kill();
                server.start();
                crew.awaitProgress();
                sleeper.stop();
            }
            default -> everyoneIsRestartedInTurn();
        }
        crew.awaitProgress();
    }

    private Map<Integer, Long> committed(Membership membership) throws Exception {
        return clients
                .admin()
                .listConsumerGroupOffsets(membership.group())
                .partitionsToOffsetAndMetadata()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        (Map.Entry<TopicPartition, ?> one) -> one.getKey().partition(),
                        one -> one.getValue().offset(),
                        (one, _) -> one,
                        TreeMap::new));
    }
}
