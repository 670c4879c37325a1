package io.headrace.coordination.transaction;

import io.headrace.coordination.CoordinatorEnv;
import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.Effect;
import io.headrace.coordination.Origin;
import io.headrace.coordination.RecordCodec;
import io.headrace.coordination.Step;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * What a broker is to a transaction coordinator: keeps its records as bytes, lets answers and tasks go when what came before
 * them is durable, wakes it. A crash loses what is not durable, and the core with it.
 */
final class TransactionRig {

    static final TransactionSettings SETTINGS = new TransactionSettings(900_000, 604_800_000, 3_600_000);

    private record Bytes(ByteBuffer key, ByteBuffer value) {}

    private record Held(int afterRecords, Runnable release) {}

    private final BiConsumer<Long, ApiMessage> answers;
    private final List<Bytes> log = new ArrayList<>();
    private final Deque<Held> held = new ArrayDeque<>();
    private final Map<Object, Long> timers = new LinkedHashMap<>();
    final Deque<TransactionTask> tasks = new ArrayDeque<>();
    private TransactionCoordinator core;
    private int durable;
    private long nextTicket;
    long nowMs = 1_700_000_000_000L;
    long stepBytes = 1_000_000;

    TransactionRig(BiConsumer<Long, ApiMessage> answers) {
        this.answers = answers;
        load();
    }

    private CoordinatorEnv env() {
        return new CoordinatorEnv(nowMs, nowMs, stepBytes, null, null);
    }

    long ask(LongFunction<TransactionEvent> event) {
        long ticket = nextTicket++;
        take(core.step(event.apply(ticket), env()));
        return ticket;
    }

    void tell(TransactionEvent event) {
        take(core.step(event, env()));
    }

    private void take(Step step) {
        for (CoordinatorRecord record : step.records()) {
            log.add(new Bytes(RecordCodec.TRANSACTIONS.key(record), RecordCodec.TRANSACTIONS.value(record)));
        }
        for (Effect effect : step.effects()) {
            switch (effect) {
                case Effect.Answer(long ticket, ApiMessage response) ->
                    held.add(new Held(log.size(), () -> answers.accept(ticket, response)));
                case Effect.Task(Object what) ->
                    held.add(new Held(log.size(), () -> tasks.add((TransactionTask) what)));
                case Effect.Timer(Object key, long atMs) -> timers.put(key, atMs);
                case Effect.CancelTimer(Object key) -> timers.remove(key);
            }
        }
    }

    /** The disk catches up with so many records. */
    void flush(int records) {
        durable = Math.min(log.size(), durable + records);
        while (!held.isEmpty() && held.peek().afterRecords() <= durable) {
            held.poll().release().run();
        }
    }

    void flush() {
        while (durable < log.size() || !held.isEmpty()) {
            flush(log.size());
        }
    }

    void advance(long ms) {
        nowMs += ms;
        for (Object key : new ArrayList<>(timers.keySet())) {
            if (timers.containsKey(key) && timers.get(key) <= nowMs) {
                timers.remove(key);
                tell(new TransactionEvent.TimerFired(key));
            }
        }
    }

    void crash() {
        log.subList(durable, log.size()).clear();
        held.clear();
        timers.clear();
        tasks.clear();
        load();
    }

    private void load() {
        core = new TransactionCoordinator(SETTINGS);
        for (Bytes bytes : log) {
            RecordCodec.TRANSACTIONS
                    .read(
                            bytes.key().duplicate(),
                            bytes.value() == null ? null : bytes.value().duplicate())
                    .ifPresent(record -> core.apply(record, Origin.NONE));
        }
        take(core.loaded(env()));
    }
}
