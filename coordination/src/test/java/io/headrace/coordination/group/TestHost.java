package io.headrace.coordination.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.coordination.CoordinatorEnv;
import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.Effect;
import io.headrace.coordination.Origin;
import io.headrace.coordination.RecordCodec;
import io.headrace.coordination.Step;
import io.headrace.coordination.group.consumer.ConsumerGroupSettings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.coordinator.group.generated.GroupMetadataKey;
import org.apache.kafka.coordinator.group.generated.GroupMetadataValue;

/**
 * What a broker is to a group coordinator: writes its batches, releases its answers when they are durable, wakes it. The log
 * is kept as the bytes that would be on disk. A crash loses what has not been flushed, and the core with it.
 */
final class TestHost {

    /** One write: a batch of records, or the marker of a transaction. */
    private sealed interface Write {
        record Batch(List<Bytes> records, Origin origin) implements Write {}

        record Marker(long producerId, boolean commit) implements Write {}
    }

    private record Bytes(ByteBuffer key, ByteBuffer value) {}

    private record Held(long afterWrites, long ticket, ApiMessage response) {}

    /** What is left of Kafka's default of {@code max.message.bytes} without the batch's header. */
    private static final long DEFAULT_STEP_BYTES = 1_048_527;

    final TestTopics topics = new TestTopics();
    private final GroupSettings settings;
    private final ConsumerGroupSettings consumerSettings;
    private final boolean hasty;
    private final Random random;
    private final BiConsumer<Long, ApiMessage> answers;
    private final List<Write> log = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private final Map<Object, Long> timers = new LinkedHashMap<>();
    private final Set<Long> open = new LinkedHashSet<>();
    private GroupCoordinator core;
    private long flushed;
    private long nowMs = 1_000_000;
    private long lastTicket;
    private long stepBytes = DEFAULT_STEP_BYTES;

    /** @param answers takes a ticket and its response once it is released */
    TestHost(GroupSettings settings, long seed, BiConsumer<Long, ApiMessage> answers) {
        this(settings, seed, false, answers);
    }

    /** @param hasty to release answers at once, as a host must not */
    TestHost(GroupSettings settings, long seed, boolean hasty, BiConsumer<Long, ApiMessage> answers) {
        this(settings, ConsumerGroupSettings.defaults(), seed, hasty, answers);
    }

    TestHost(
            GroupSettings settings,
            ConsumerGroupSettings consumerSettings,
            long seed,
            boolean hasty,
            BiConsumer<Long, ApiMessage> answers) {
        this.hasty = hasty;
        this.settings = settings;
        this.consumerSettings = consumerSettings;
        this.random = new Random(seed);
        this.answers = answers;
        load();
    }

    long nowMs() {
        return nowMs;
    }

    void setStepBytes(long bytes) {
        stepBytes = bytes;
    }

    /** Tickets without an answer. */
    Set<Long> open() {
        return open;
    }

    long writes() {
        return log.size();
    }

    long flushed() {
        return flushed;
    }

    long ask(ApiMessage request, int version, String clientId) {
        return ask(request, new RequestContext((short) version, clientId, "/127.0.0.1", false));
    }

    long ask(ApiMessage request, RequestContext context) {
        long ticket = ++lastTicket;
        open.add(ticket);
        step(new GroupEvent.Request(ticket, context, request));
        return ticket;
    }

    /** What a request that only asks would be answered now, durable or not. */
    ApiMessage peek(ApiMessage request, int version) {
        RequestContext context = new RequestContext((short) version, "watcher", "/127.0.0.1", false);
        Step step = core.step(new GroupEvent.Request(0, context, request), env());
        return ((Effect.Answer) step.effects().getFirst()).response();
    }

    void step(GroupEvent event) {
        perform(core.step(event, env()));
    }

    void endTransaction(long producerId, boolean commit) {
        log.add(new Write.Marker(producerId, commit));
        core.applyMarker(producerId, (short) 0, commit);
    }

    /** Everything written so far is durable, and the answers that waited for it go out. */
    void flush() {
        flushTo(log.size());
    }

    void flushTo(long writes) {
        flushed = writes;
        List<Held> due =
                held.stream().filter(answer -> answer.afterWrites() <= flushed).toList();
        held.removeAll(due);
        for (Held answer : due) {
            if (!open.remove(answer.ticket())) {
                throw new AssertionError("ticket " + answer.ticket() + " is answered twice");
            }
            answers.accept(answer.ticket(), answer.response());
        }
    }

    /** The assignment of the group that was written last, durable or not; null before the first. */
    GroupMetadataValue lastGeneration(String groupId) {
        GroupMetadataKey key = new GroupMetadataKey().setGroup(groupId);
        return log.reversed().stream()
                .filter(Write.Batch.class::isInstance)
                .flatMap(batch ->
                        ((Write.Batch) batch).records().reversed().stream().map(TestHost::decode))
                .filter(record -> record.key().equals(key))
                .findFirst()
                .map(record -> (GroupMetadataValue) record.value())
                .orElse(null);
    }

    /** Loses the writes that are not durable; nobody is answered any more who has not been. */
    void crash() {
        crash(flushed);
    }

    /** As {@link #crash()}, but so many writes had come to be durable, and nobody had been told. */
    void crash(long durableWrites) {
        flushed = durableWrites;
        log.subList((int) flushed, log.size()).clear();
        held.clear();
        open.clear();
        load();
    }

    /** The time of the next timer; null without one. */
    Long nextTimerMs() {
        return timers.values().stream().min(Comparator.naturalOrder()).orElse(null);
    }

    void advance(long ms, Runnable afterEachTimer) {
        long target = nowMs + ms;
        while (nextTimerMs() != null && nextTimerMs() <= target) {
            nowMs = Math.max(nowMs, nextTimerMs());
            Object key = timers.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey();
            timers.remove(key);
            step(new GroupEvent.TimerFired(key));
            afterEachTimer.run();
        }
        nowMs = target;
    }

    private void load() {
        core = new GroupCoordinator(settings, _ -> consumerSettings);
        timers.clear();
        for (Write write : log) {
            switch (write) {
                case Write.Batch(List<Bytes> records, Origin origin) ->
                    records.forEach(bytes -> core.apply(decode(bytes), origin));
                case Write.Marker(long producerId, boolean commit) -> core.applyMarker(producerId, (short) 0, commit);
            }
        }
        perform(core.loaded(env()));
    }

    private void perform(Step step) {
        if (!step.records().isEmpty()) {
            assertThat(bytes(step)).as("bytes of a batch").isLessThan(DEFAULT_STEP_BYTES);
            log.add(new Write.Batch(
                    step.records().stream().map(TestHost::encode).toList(), step.origin()));
        }
        for (Effect effect : step.effects()) {
            switch (effect) {
                case Effect.Answer(long ticket, ApiMessage response) ->
                    held.add(new Held(hasty ? 0 : log.size(), ticket, response));
                case Effect.Timer(Object key, long atMs) -> timers.put(key, atMs);
                case Effect.CancelTimer(Object key) -> timers.remove(key);
                case Effect.Task(Object what) -> throw new AssertionError("a group coordinator has no tasks: " + what);
                default -> throw new AssertionError("an effect of another coordinator: " + effect);
            }
        }
    }

    private static long bytes(Step step) {
        return step.records().stream()
                .map(TestHost::encode)
                .mapToLong(bytes -> bytes.key().remaining()
                        + (bytes.value() == null ? 0 : bytes.value().remaining()))
                .sum();
    }

    private CoordinatorEnv env() {
        return new CoordinatorEnv(nowMs, nowMs, stepBytes, random::nextLong, topics.view());
    }

    private static Bytes encode(CoordinatorRecord record) {
        return new Bytes(RecordCodec.GROUPS.key(record), RecordCodec.GROUPS.value(record));
    }

    private static CoordinatorRecord decode(Bytes bytes) {
        return RecordCodec.GROUPS
                .read(
                        bytes.key().duplicate(),
                        bytes.value() == null ? null : bytes.value().duplicate())
                .orElseThrow();
    }
}
