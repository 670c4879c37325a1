package io.headrace.coordination.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.coordinator.group.generated.GroupMetadataValue;

/**
 * A group of consumers that pause, crash, leave and come back, and a coordinator that crashes between any two writes; what
 * happens next is drawn from a seed. Checked all the while:
 *
 * <ul>
 *   <li>no partition is owned by two members in one generation;
 *   <li>a commit is accepted from a member of the generation that was assigned last, and from nobody else;
 *   <li>who begins to consume finds every commit that was acknowledged before.
 * </ul>
 *
 * <p>And in the end, when nothing fails any more: every partition has an owner, and every request its answer.
 */
final class GroupSimulation {

    static final String GROUP = "g";
    static final String TOPIC = "t";
    static final int PARTITIONS = 5;

    /** What is taken out of the coordinator or its host, to see whether the simulation finds it. */
    enum Flaw {
        NONE,
        /** Commits are accepted from whoever sends them. */
        NO_FENCING,
        /** Answers leave before the records are durable. */
        HASTY_ANSWERS
    }

    private static final int CONSUMERS = 4;
    private static final int HEARTBEAT_MS = 3_000;
    private static final int SETTLING_MS = 180_000;

    private final Random random;
    private final Flaw flaw;
    private final TestHost host;
    private final List<SimulatedConsumer> consumers = new ArrayList<>();
    private final Map<Long, Waiting> waiting = new LinkedHashMap<>();

    /** By generation and partition, who was told that it owns it. */
    private final Map<Integer, Map<Integer, String>> owners = new LinkedHashMap<>();

    /** By partition, the highest offset whose commit was acknowledged. */
    private final Map<Integer, Long> acknowledged = new LinkedHashMap<>();

    private int started;

    private record Waiting(SimulatedConsumer consumer, Consumer<ApiMessage> whenAnswered) {}

    GroupSimulation(long seed, Flaw flaw) {
        random = new Random(seed);
        this.flaw = flaw;
        host = new TestHost(settings(), seed, flaw == Flaw.HASTY_ANSWERS, this::released);
        host.topics.create(TOPIC, PARTITIONS);
        for (int i = 0; i < CONSUMERS; i++) {
            consumers.add(start(i % 2 == 0 ? null : "i" + i));
        }
    }

    private GroupSettings settings() {
        return Settings.initialRebalanceDelayMs(random.nextBoolean() ? 0 : 3_000);
    }

    private SimulatedConsumer start(String instanceId) {
        return new SimulatedConsumer("c" + ++started, instanceId, this);
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
        }
        settle();
    }

    // ---- what happens

    private void step() {
        SimulatedConsumer consumer = consumers.get(random.nextInt(consumers.size()));
        int dice = random.nextInt(100);
        if (dice < 50) {
            act(consumer);
        } else if (dice < 70) {
            host.flush();
        } else if (dice < 88) {
            host.advance(random.nextInt(4_000), this::maybeFlush);
        } else if (dice < 93) {
            pauseOrResume(consumer);
        } else if (dice < 95) {
            restart(consumer);
        } else if (dice < 96 && consumer.state == SimulatedConsumer.State.OWNING && !consumer.paused) {
            consumer.leave();
        } else if (dice < 98) {
            crash();
        }
    }

    private void maybeFlush() {
        if (random.nextBoolean()) {
            host.flush();
        }
    }

    private void act(SimulatedConsumer consumer) {
        if (consumer.paused) {
            return;
        }
        switch (consumer.state) {
            case OUT -> consumer.join();
            case JOINING, SYNCING, FETCHING -> {}
            case OWNING -> {
                if (random.nextInt(3) == 0 || consumer.positions.isEmpty()) {
                    consumer.heartbeat();
                } else {
                    commitSomething(consumer);
                }
            }
            case DEAD -> replace(consumer);
        }
    }

    private void commitSomething(SimulatedConsumer consumer) {
        List<Integer> owned = List.copyOf(consumer.positions.keySet());
        consumer.commit(owned.get(random.nextInt(owned.size())), 1 + random.nextInt(5));
    }

    /** Who was away goes on where it was, without looking whether it still may. */
    private void pauseOrResume(SimulatedConsumer consumer) {
        if (!consumer.paused) {
            consumer.paused = true;
            return;
        }
        consumer.resume();
        if (consumer.state == SimulatedConsumer.State.OWNING && !consumer.positions.isEmpty()) {
            commitSomething(consumer);
        }
    }

    /** The process is gone and another one comes in its place; or it seemed so, and it is still there. */
    private void restart(SimulatedConsumer consumer) {
        if (consumer.self.instanceId != null && consumers.size() < 2 * CONSUMERS && random.nextBoolean()) {
            consumers.add(start(consumer.self.instanceId));
        } else {
            replace(consumer);
        }
    }

    private void replace(SimulatedConsumer consumer) {
        waiting.values().removeIf(each -> each.consumer() == consumer);
        consumers.remove(consumer);
        boolean hasTwin = consumers.stream().anyMatch(other -> isTwin(consumer, other));
        if (!hasTwin) {
            consumers.add(start(consumer.self.instanceId));
        }
    }

    private static boolean isTwin(SimulatedConsumer one, SimulatedConsumer other) {
        return one.self.instanceId != null && one.self.instanceId.equals(other.self.instanceId);
    }

    /** Somewhere between what is known to be durable and what has been written. */
    private void crash() {
        long durable = host.flushed() + random.nextInt((int) (host.writes() - host.flushed()) + 1);
        if (random.nextBoolean()) {
            host.flushTo(durable);
        }
        host.crash(Math.max(durable, host.flushed()));
        List<Waiting> lost = List.copyOf(waiting.values());
        waiting.clear();
        lost.forEach(each -> each.consumer().hear(each.consumer()::disconnected));
    }

    /** Nothing fails any more. Of twins the last one stays. */
    private void settle() {
        List.copyOf(consumers).forEach(SimulatedConsumer::resume);
        for (int ms = 0; ms < SETTLING_MS; ms += HEARTBEAT_MS) {
            for (SimulatedConsumer consumer : List.copyOf(consumers)) {
                if (consumer.state == SimulatedConsumer.State.OWNING) {
                    consumer.heartbeat();
                } else {
                    act(consumer);
                }
                host.flush();
            }
            host.advance(HEARTBEAT_MS, host::flush);
        }
        // Heartbeats that wait for news have waited long enough; no session is over.
        host.advance(2 * HEARTBEAT_MS, host::flush);
        for (SimulatedConsumer consumer : List.copyOf(consumers)) {
            assertThat(consumer.state).as("%s of %s", consumer, consumers).isEqualTo(SimulatedConsumer.State.OWNING);
        }
        assertThat(consumers.stream().flatMap(consumer -> consumer.positions.keySet().stream()))
                .as("owned in the end by %s", consumers)
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        assertThat(consumers.stream().map(consumer -> consumer.self.generation).distinct())
                .hasSize(1);
        assertThat(host.open()).as("requests without an answer").isEmpty();
    }

    // ---- between the consumers and the coordinator

    void ask(SimulatedConsumer consumer, ApiMessage request, int version, Consumer<ApiMessage> whenAnswered) {
        RequestContext context =
                new RequestContext((short) version, consumer.self.name, "/127.0.0.1", random.nextBoolean());
        waiting.put(host.ask(request, context), new Waiting(consumer, whenAnswered));
    }

    /** The answer must be yes only for members of the last generation, and only for what they own. */
    void commit(
            SimulatedConsumer consumer,
            OffsetCommitRequestData request,
            int partition,
            Consumer<ApiMessage> whenAnswered) {
        GroupMetadataValue current = host.lastGeneration(GROUP);
        boolean member = current.generation() == request.generationIdOrMemberEpoch()
                && current.members().stream().anyMatch(each -> each.memberId().equals(request.memberId()));
        if (flaw == Flaw.NO_FENCING && !current.members().isEmpty()) {
            request.setGenerationIdOrMemberEpoch(current.generation())
                    .setMemberId(current.members().getFirst().memberId())
                    .setGroupInstanceId(null);
        }
        long before = host.writes();
        ask(consumer, request, 9, whenAnswered);
        if (host.writes() > before) {
            assertThat(member)
                    .as("%s commits, and the last generation is %s", consumer, current)
                    .isTrue();
            assertThat(owners.get(consumer.self.generation).get(partition)).isEqualTo(consumer.identity());
        }
    }

    private void released(long ticket, ApiMessage response) {
        Waiting who = waiting.remove(ticket);
        if (who != null) {
            who.consumer().hear(() -> who.whenAnswered().accept(response));
        }
    }

    // ---- what must hold

    void assigned(SimulatedConsumer consumer, List<Integer> partitions) {
        Map<Integer, String> generation = owners.computeIfAbsent(consumer.self.generation, _ -> new LinkedHashMap<>());
        for (int partition : partitions) {
            String other = generation.put(partition, consumer.identity());
            assertThat(other == null || other.equals(consumer.identity()))
                    .as(
                            "partition %s in generation %s belongs to %s and to %s",
                            partition, consumer.self.generation, other, consumer.identity())
                    .isTrue();
        }
    }

    Map<Integer, Long> acknowledged() {
        return new LinkedHashMap<>(acknowledged);
    }

    void committed(int partition, long offset) {
        acknowledged.merge(partition, offset, Math::max);
    }

    /** @param before what had been acknowledged when it was asked */
    void fetched(int partition, long offset, Map<Integer, Long> before) {
        assertThat(offset)
                .as("committed offset of partition %s", partition)
                .isGreaterThanOrEqualTo(before.getOrDefault(partition, -1L));
    }
}
