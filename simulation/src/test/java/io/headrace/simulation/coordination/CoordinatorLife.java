package io.headrace.simulation.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.coordination.Coordinator;
import io.headrace.coordination.CoordinatorEnv;
import io.headrace.coordination.Effect;
import io.headrace.coordination.Step;
import io.headrace.simulation.SeededRandomness;
import io.headrace.simulation.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * A coordinator whose log is compacted while it lives. Now and then the log is loaded twice, as it is and as it would be had
 * it never been compacted, and both have to tell the same; the life goes on with one or the other.
 */
final class CoordinatorLife<E> {

    private static final long STEP_BYTES = 1_000_000;

    private final SeededRandomness random;
    private final CoordinatorHistory<E> history;
    private final VirtualTime time = new VirtualTime();
    private final CompactedLog log;
    private final Map<Object, Long> timers = new LinkedHashMap<>();
    private Coordinator<E> core;
    private long lastTicket;

    CoordinatorLife(SeededRandomness random, CoordinatorHistory<E> history) throws IOException {
        this.random = random;
        this.history = history;
        this.log = new CompactedLog(random.fork(), time, history.codec());
        core = history.newCore();
        take(core.loaded(env()));
    }

    CompactedLog log() {
        return log;
    }

    private CoordinatorEnv env() {
        return new CoordinatorEnv(time.monotonicMs(), time.wallMs(), STEP_BYTES, random, history.topics());
    }

    void round() throws IOException {
        for (int i = random.between(1, 40); i > 0; i--) {
            history.happen(random, this);
        }
        log.compact();
        if (random.coin()) {
            pass(random.between(0, 3_000));
            log.compact();
        }
        Coordinator<E> compacted = history.newCore();
        Coordinator<E> whole = history.newCore();
        log.load(compacted);
        log.loadAsWritten(whole);
        Step loaded = compacted.loaded(env());
        assertThat(text(loaded)).isEqualTo(text(whole.loaded(env())));
        assertThat(history.everythingIn(compacted, env())).isEqualTo(history.everythingIn(whole, env()));
        if (random.oneIn(3)) {
            core = compacted;
            timers.clear();
            history.restarted();
            take(loaded);
        } else {
            history.commitAll(compacted);
            history.commitAll(whole);
            assertThat(history.everythingIn(compacted, env())).isEqualTo(history.everythingIn(whole, env()));
        }
    }

    private static List<String> text(Step step) {
        return Stream.concat(step.records().stream(), step.effects().stream())
                .map(Object::toString)
                .sorted()
                .toList();
    }

    // ---- what happens

    /** The ticket that the event was given. */
    long ask(LongFunction<E> event) {
        long ticket = ++lastTicket;
        tell(event.apply(ticket));
        return ticket;
    }

    void tell(E event) {
        take(core.step(event, env()));
    }

    private void take(Step step) {
        log.append(step);
        for (Effect effect : step.effects()) {
            switch (effect) {
                case Effect.Answer(long ticket, ApiMessage response) -> history.answered(ticket, response);
                case Effect.Task(Object what) -> history.asked(what, random, this);
                case Effect.Timer(Object key, long atMs) -> timers.put(key, atMs);
                case Effect.CancelTimer(Object key) -> timers.remove(key);
            }
        }
    }

    /** With the timers that fire meanwhile. */
    void pass(long ms) {
        time.advance(ms);
        for (Object key : new ArrayList<>(timers.keySet())) {
            if (timers.getOrDefault(key, Long.MAX_VALUE) <= time.monotonicMs()) {
                timers.remove(key);
                tell(history.timerFired(key));
            }
        }
    }
}
