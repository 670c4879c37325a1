package io.headrace.broker.coordination;

import io.headrace.coordination.Coordinator;
import io.headrace.coordination.CoordinatorEnv;
import io.headrace.coordination.Effect;
import io.headrace.coordination.Step;
import io.headrace.log.AppendOrigin;
import io.headrace.log.AppendResult;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Timer;
import io.headrace.wire.BatchBuilder;
import io.headrace.wire.ErrorCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * A core at work, on its partition's shard. The records of a step become one batch; an answer leaves when every batch that
 * was written before it is durable. When a batch is lost, so is everything that the core knows, and this object ends.
 */
final class ActiveCoordinator<E> {

    /** Hears once that the core is not to be believed any more; those who asked it have been told. */
    interface Failure {

        /** @param likelyAgain whether the step was at fault, which the next core may want to take at once */
        void failed(String why, boolean likelyAgain);
    }

    /** What waits until so many batches are durable; an answer of the ticket, or a task and then -1. */
    private record Due(long batches, long ticket, Runnable release) {}

    private static final long NO_TICKET = -1;

    private final CoordinatorKind<E> kind;
    private final Coordinator<E> core;
    private final LeaderPartition partition;
    private final HostEnv env;
    private final Failure failure;
    private final BatchBuilder builder = new BatchBuilder();

    /** In the order in which they came. */
    private final Map<Long, Asker> askers = new LinkedHashMap<>();

    private final Map<Object, Timer> timers = new HashMap<>();
    private final Deque<Due> due = new ArrayDeque<>();
    private long nextTicket;
    private long batchesWritten;
    private long batchesDurable;
    private boolean ended;

    ActiveCoordinator(
            CoordinatorKind<E> kind, Coordinator<E> core, LeaderPartition partition, HostEnv env, Failure failure) {
        this.kind = kind;
        this.core = core;
        this.partition = partition;
        this.env = env;
        this.failure = failure;
    }

    /** Lets the core go on where the log ends. */
    void start() {
        step(core::loaded);
    }

    /** @param event of the ticket that its answer will carry */
    void submit(LongFunction<E> event, AppendOrigin.Coordinator origin, Asker asker) {
        long ticket = nextTicket++;
        askers.put(ticket, asker);
        step(now -> core.step(event.apply(ticket), now), ticket, origin);
    }

    /** For an event that nobody waits for. */
    void submit(E event) {
        step(now -> core.step(event, now));
    }

    /** Nothing is asked of the core any more; who waits for it is told so, but not who only waits for the disk. */
    void stop(ErrorCode error) {
        cancelTimers();
        Map<Long, Asker> parked = new LinkedHashMap<>(askers);
        for (Due answer : due) {
            parked.remove(answer.ticket());
        }
        askers.keySet().removeAll(parked.keySet());
        parked.values().forEach(asker -> asker.refused(error));
    }

    private void step(Function<CoordinatorEnv, Step> decide) {
        step(decide, NO_TICKET, AppendOrigin.Coordinator.plain());
    }

    private void step(Function<CoordinatorEnv, Step> decide, long ticket, AppendOrigin.Coordinator origin) {
        CoordinatorEnv now = env.now(partition);
        Step step;
        try {
            step = decide.apply(now);
        } catch (RuntimeException broken) {
            // What it has changed before it threw is not known.
            fail("a step failed: " + broken, false);
            return;
        }
        if (!step.records().isEmpty()) {
            write(step, ticket, origin, now.wallMs());
        }
        for (Effect effect : step.effects()) {
            if (ended) {
                return;
            }
            take(effect, now.monotonicMs());
        }
    }

    private void write(Step step, long ticket, AppendOrigin.Coordinator origin, long wallMs) {
        long batch = ++batchesWritten;
        partition.append(StepBatch.of(
                step, origin, wallMs, kind.topic().codec(), builder, result -> written(batch, ticket, result)));
    }

    private void written(long batch, long ticket, AppendResult result) {
        if (ended) {
            return;
        }
        switch (result) {
            case AppendResult.Appended _, AppendResult.Duplicate _ -> {
                batchesDurable = batch;
                releaseDue();
            }
            case AppendResult.Rejected(var error, var message, var _) -> {
                boolean tooLarge = error == ErrorCode.RECORD_LIST_TOO_LARGE;
                if (tooLarge) {
                    refuse(ticket, ErrorCode.UNKNOWN_SERVER_ERROR);
                }
                fail(error + ": " + message, tooLarge);
            }
            case AppendResult.SegmentFull() -> fail("a segment is too small for a batch", true);
        }
    }

    private void releaseDue() {
        while (!ended && !due.isEmpty() && due.peek().batches() <= batchesDurable) {
            due.poll().release().run();
        }
    }

    private void take(Effect effect, long monotonicMs) {
        switch (effect) {
            case Effect.Answer(long ticket, ApiMessage response) -> whenDurable(ticket, () -> answer(ticket, response));
            case Effect.Task(Object what) ->
                whenDurable(NO_TICKET, () -> kind.perform(what, partition, env.shard(), this::outcome));
            case Effect.Timer(Object key, long atMonotonicMs) -> schedule(key, atMonotonicMs - monotonicMs);
            case Effect.CancelTimer(Object key) -> cancel(key);
        }
    }

    private void whenDurable(long ticket, Runnable release) {
        if (batchesDurable == batchesWritten) {
            release.run();
        } else {
            due.add(new Due(batchesWritten, ticket, release));
        }
    }

    /** Of a task; also one that was given while the broker still ran, and is done now. */
    private void outcome(E event) {
        if (!ended) {
            submit(event);
        }
    }

    private void answer(long ticket, ApiMessage response) {
        Asker asker = askers.remove(ticket);
        if (asker != null) {
            asker.answered(response);
        }
    }

    private void refuse(long ticket, ErrorCode error) {
        Asker asker = askers.remove(ticket);
        if (asker != null) {
            asker.refused(error);
        }
    }

    private void schedule(Object key, long delayMs) {
        cancel(key);
        timers.put(key, env.shard().schedule(delayMs, () -> {
            timers.remove(key);
            submit(kind.timerFired(key));
        }));
    }

    private void cancel(Object key) {
        Timer timer = timers.remove(key);
        if (timer != null) {
            timer.cancel();
        }
    }

    private void cancelTimers() {
        timers.values().forEach(Timer::cancel);
        timers.clear();
    }

    /** Nobody knows what will be found in the log, so nobody is told anything but to ask again. */
    private void fail(String why, boolean likelyAgain) {
        if (ended) {
            return;
        }
        end(ErrorCode.NOT_COORDINATOR);
        failure.failed(why, likelyAgain);
    }

    /** Tells everybody, and does nothing from now on. */
    void end(ErrorCode error) {
        ended = true;
        cancelTimers();
        due.clear();
        List<Asker> lost = new ArrayList<>(askers.values());
        askers.clear();
        lost.forEach(asker -> asker.refused(error));
    }
}
