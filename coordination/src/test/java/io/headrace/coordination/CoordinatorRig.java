package io.headrace.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * What a broker is to a coordinator: writes its batches, lets answers and tasks go when what came before them is durable,
 * wakes it. The log is kept as the bytes that would be on disk. A crash loses what has not been flushed, and the core with it.
 *
 * @param <E> what can happen to the core
 */
public class CoordinatorRig<E> {

    /** What tells one kind of coordinator from another. */
    public record Kind<E>(RecordCodec codec, Supplier<Coordinator<E>> newCore, Function<Object, E> timerFired) {}

    /** Who hears of what the coordinator lets go. */
    public interface Audience {

        void answered(long ticket, ApiMessage response);

        void asked(Object task);
    }

    /** One write: a batch of records, or the marker of a transaction. */
    private sealed interface Write {
        record Batch(List<Bytes> records, Origin origin) implements Write {}

        record Marker(long producerId, short producerEpoch, boolean commit) implements Write {}
    }

    private record Bytes(ByteBuffer key, ByteBuffer value) {

        long size() {
            long ofKey = key.remaining();
            return ofKey + (value == null ? 0 : value.remaining());
        }
    }

    private record Held(long afterWrites, Effect effect) {}

    /** What is left of Kafka's default of {@code max.message.bytes} without the batch's header. */
    private static final long DEFAULT_STEP_BYTES = 1_048_527;

    public final TestTopics topics = new TestTopics();
    private final Kind<E> kind;
    private final boolean hasty;
    private final Random random;
    private final Audience audience;
    private final List<Write> log = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private final Map<Object, Long> timers = new LinkedHashMap<>();
    private final Set<Long> open = new LinkedHashSet<>();
    private Coordinator<E> core;
    private long flushed;
    private long nowMs = 1_000_000;
    private long lastTicket;
    private long stepBytes = DEFAULT_STEP_BYTES;

    /** @param hasty to release answers at once, as a host must not */
    protected CoordinatorRig(Kind<E> kind, long seed, boolean hasty, Audience audience) {
        this.kind = kind;
        this.hasty = hasty;
        this.random = new Random(seed);
        this.audience = audience;
        load();
    }

    public long nowMs() {
        return nowMs;
    }

    public void setStepBytes(long bytes) {
        stepBytes = bytes;
    }

    /** Tickets without an answer. */
    public Set<Long> open() {
        return open;
    }

    public long writes() {
        return log.size();
    }

    public long flushed() {
        return flushed;
    }

    /** The ticket that the event was given. */
    public long ask(LongFunction<E> event) {
        long ticket = ++lastTicket;
        open.add(ticket);
        step(event.apply(ticket));
        return ticket;
    }

    public void step(E event) {
        perform(core.step(event, env()));
    }

    /** What the core makes of an event that changes nothing, durable or not. */
    protected Step peek(E event) {
        return core.step(event, env());
    }

    /** What the partition has been told by an earlier coordinator. */
    public void write(CoordinatorRecord record) {
        core.apply(record, Origin.NONE);
        append(List.of(record), Origin.NONE);
    }

    public void endTransaction(long producerId, short producerEpoch, boolean commit) {
        log.add(new Write.Marker(producerId, producerEpoch, commit));
        core.applyMarker(producerId, producerEpoch, commit);
    }

    /** Everything written so far is durable, and what waited for it goes out. */
    public void flush() {
        flushTo(log.size());
    }

    public void flushTo(long writes) {
        flushed = writes;
        List<Held> due =
                held.stream().filter(one -> one.afterWrites() <= flushed).toList();
        held.removeAll(due);
        due.forEach(one -> release(one.effect()));
    }

    private void release(Effect effect) {
        switch (effect) {
            case Effect.Answer(long ticket, ApiMessage response) -> {
                if (!open.remove(ticket)) {
                    throw new AssertionError("ticket " + ticket + " is answered twice");
                }
                audience.answered(ticket, response);
            }
            case Effect.Task(Object what) -> audience.asked(what);
            case Effect.Timer _, Effect.CancelTimer _ -> throw new AssertionError(effect + " waits for nothing");
        }
    }

    /** The records of the log, durable or not. */
    protected Stream<CoordinatorRecord> newestFirst() {
        return log.reversed().stream()
                .filter(Write.Batch.class::isInstance)
                .flatMap(batch ->
                        ((Write.Batch) batch).records().reversed().stream().map(this::decode));
    }

    /** The records of the writes from this one on, durable or not. */
    public List<CoordinatorRecord> recordsFrom(long write) {
        return log.subList((int) write, log.size()).stream()
                .filter(Write.Batch.class::isInstance)
                .flatMap(batch -> ((Write.Batch) batch).records().stream().map(this::decode))
                .toList();
    }

    /** Loses the writes that are not durable; nobody is answered any more who has not been. */
    public void crash() {
        crash(flushed);
    }

    /** As {@link #crash()}, but so many writes had come to be durable, and nobody had been told. */
    public void crash(long durableWrites) {
        flushed = durableWrites;
        log.subList((int) flushed, log.size()).clear();
        held.clear();
        open.clear();
        load();
    }

    /** The time of the next timer; null without one. */
    public Long nextTimerMs() {
        return timers.values().stream().min(Comparator.naturalOrder()).orElse(null);
    }

    public void advance(long ms, Runnable afterEachTimer) {
        long target = nowMs + ms;
        while (nextTimerMs() != null && nextTimerMs() <= target) {
            nowMs = Math.max(nowMs, nextTimerMs());
            Object key = timers.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey();
            timers.remove(key);
            step(kind.timerFired().apply(key));
            afterEachTimer.run();
        }
        nowMs = target;
    }

    private void load() {
        core = kind.newCore().get();
        timers.clear();
        for (Write write : log) {
            switch (write) {
                case Write.Batch(List<Bytes> records, Origin origin) ->
                    records.forEach(bytes -> core.apply(decode(bytes), origin));
                case Write.Marker(long producerId, short producerEpoch, boolean commit) ->
                    core.applyMarker(producerId, producerEpoch, commit);
            }
        }
        perform(core.loaded(env()));
    }

    private void perform(Step step) {
        append(step.records(), step.origin());
        for (Effect effect : step.effects()) {
            switch (effect) {
                case Effect.Answer _, Effect.Task _ -> held.add(new Held(hasty ? 0 : log.size(), effect));
                case Effect.Timer(Object key, long atMs) -> timers.put(key, atMs);
                case Effect.CancelTimer(Object key) -> timers.remove(key);
            }
        }
    }

    private void append(List<CoordinatorRecord> records, Origin origin) {
        if (!records.isEmpty()) {
            List<Bytes> batch = records.stream().map(this::encode).toList();
            assertThat(batch.stream().mapToLong(Bytes::size).sum())
                    .as("bytes of a batch")
                    .isLessThan(DEFAULT_STEP_BYTES);
            log.add(new Write.Batch(batch, origin));
        }
    }

    private CoordinatorEnv env() {
        return new CoordinatorEnv(nowMs, nowMs, stepBytes, random::nextLong, topics.view());
    }

    private Bytes encode(CoordinatorRecord record) {
        return new Bytes(kind.codec().key(record), kind.codec().value(record));
    }

    private CoordinatorRecord decode(Bytes bytes) {
        ByteBuffer value = bytes.value() == null ? null : bytes.value().duplicate();
        return kind.codec().read(bytes.key().duplicate(), value).orElseThrow();
    }
}
