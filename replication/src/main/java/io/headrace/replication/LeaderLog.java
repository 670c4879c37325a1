package io.headrace.replication;

import io.headrace.log.AppendResult;
import io.headrace.log.AppendResult.Appended;
import io.headrace.log.AppendResult.Duplicate;
import io.headrace.log.AppendResult.Rejected;
import io.headrace.log.AppendResult.SegmentFull;
import io.headrace.log.CloseTicket;
import io.headrace.log.FlushTicket;
import io.headrace.log.PartitionLog;
import io.headrace.log.RetentionTicket;
import io.headrace.log.RollTicket;
import io.headrace.ports.Check;
import io.headrace.ports.DiskWork;
import io.headrace.wire.ErrorCode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The leader while its log is open. Run by the partition's thread. One flush is under way whenever anything is dirty, and
 * whatever is appended meanwhile shares the next one. Appends that find the segment full or the unflushed budget spent
 * wait in order. The high watermark never goes back and never passes what {@link Visibility} allows; every answer that
 * depends on an append waits for it.
 */
final class LeaderLog {

    /** Hears once that the log in memory no longer matches the file. */
    interface Faults {
        void failed(Exception cause);
    }

    private final PartitionLog log;
    private final PartitionEnv env;
    private final Faults faults;
    private final DeferredReplies deferred = new DeferredReplies();
    private final Watchers watchers = new Watchers();
    private final Deque<Append> waiting = new ArrayDeque<>(0);
    private final int leaderEpoch;
    private long highWatermark;
    private long budgetTaken;
    private boolean flushing;
    private boolean rolling;
    private boolean retaining;
    private boolean awaitsBudget;
    private Consumer<Boolean> closing;
    private boolean sealing;
    private boolean discarded;

    LeaderLog(PartitionLog log, int leaderEpoch, PartitionEnv env, Faults faults) {
        this.log = log;
        this.leaderEpoch = leaderEpoch;
        this.env = env;
        this.faults = faults;
        this.highWatermark = visibleEnd();
    }

    PartitionLog log() {
        return log;
    }

    Watchers watchers() {
        return watchers;
    }

    long highWatermark() {
        return highWatermark;
    }

    // ---- appends

    void append(Append append) {
        if (closing != null) {
            append.placed();
            append.done(Rejected.of(ErrorCode.NOT_LEADER_OR_FOLLOWER, "the broker is stopping"));
        } else if (mustWait()) {
            append.retain();
            waiting.add(append);
        } else {
            offer(append);
        }
    }

    private boolean mustWait() {
        if (!waiting.isEmpty() || rolling) {
            return true;
        }
        if (env.unflushed().spent()) {
            awaitBudget();
            return true;
        }
        return false;
    }

    private void awaitBudget() {
        if (!awaitsBudget) {
            awaitsBudget = true;
            env.unflushed().whenAvailable(() -> {
                awaitsBudget = false;
                drainWaiting();
                closeWhenQuiet();
            });
            startFlush();
        }
    }

    private void drainWaiting() {
        while (!discarded && !rolling && !waiting.isEmpty()) {
            if (env.unflushed().spent()) {
                awaitBudget();
                return;
            }
            offer(waiting.poll());
        }
    }

    private void offer(Append append) {
        AppendResult result;
        try {
            result = log.appendAsLeader(append.batches(), leaderEpoch, append.produceVersion(), env.validator());
        } catch (IOException | Check.BrokenInvariant failure) {
            append.placed();
            append.done(Rejected.of(ErrorCode.KAFKA_STORAGE_ERROR, "the write failed: " + failure.getMessage()));
            failed(failure);
            return;
        }
        switch (result) {
            case SegmentFull() -> {
                append.retain();
                waiting.addFirst(append);
                roll();
            }
            case Rejected rejected -> {
                append.placed();
                append.done(rejected);
            }
            case Appended appended -> {
                append.placed();
                answer(append, appended, appended.lastOffset());
                takeBudget();
                advance();
                flushAsNeeded();
            }
            case Duplicate duplicate -> {
                append.placed();
                answer(append, duplicate, duplicate.lastOffset());
            }
        }
    }

    private void answer(Append append, AppendResult result, long lastOffset) {
        if (append.acks() == Acks.ALL && lastOffset >= highWatermark) {
            deferred.await(lastOffset + 1, new DeferredReplies.Reply() {
                @Override
                public void durable() {
                    append.done(result);
                }

                @Override
                public void lost() {
                    append.done(Rejected.of(ErrorCode.KAFKA_STORAGE_ERROR, "the log failed before it was durable"));
                }
            });
        } else {
            append.done(result);
        }
    }

    /** Runs the reply once everything that is in the log now is durable, so that it tells nothing that may yet vanish. */
    void whenDurable(DeferredReplies.Reply reply) {
        if (highWatermark >= log.logEndOffset()) {
            reply.durable();
        } else {
            deferred.await(log.logEndOffset(), reply);
        }
    }

    // ---- flushing and the high watermark

    private void takeBudget() {
        long unflushed = log.unflushedBytes();
        env.unflushed().take(unflushed - budgetTaken);
        budgetTaken = unflushed;
    }

    private void giveBudgetBack() {
        long returned = budgetTaken - log.unflushedBytes();
        budgetTaken -= returned;
        env.unflushed().giveBack(returned);
    }

    private void flushAsNeeded() {
        if (env.visibility() == Visibility.DURABLE) {
            startFlush();
        }
    }

    void startFlush() {
        if (!flushing && !discarded) {
            flush(log.beginFlush());
        }
    }

    /** A flush that also lets the recovery point follow, so that a restart has less to read. */
    void startCheckpoint() {
        if (!flushing && !rolling && !discarded) {
            flush(log.beginCheckpoint());
        }
    }

    private void flush(FlushTicket ticket) {
        if (ticket == null) {
            return;
        }
        flushing = true;
        env.work().flush(ticket, new Outcome<FlushTicket>() {
            @Override
            void succeeded(FlushTicket flushed) {
                flushing = false;
                log.flushed(flushed);
                giveBudgetBack();
                advance();
                drainWaiting();
                flushAsNeeded();
                closeWhenQuiet();
            }
        });
    }

    /** Just after an unclean start less may be known to be durable than had been deleted. */
    private long visibleEnd() {
        return switch (env.visibility()) {
            case DURABLE -> Math.max(log.flushedOffset(), log.logStartOffset());
            case WRITTEN -> log.logEndOffset();
        };
    }

    private void advance() {
        long end = visibleEnd();
        Check.that(end >= highWatermark, "the high watermark went back", end, highWatermark);
        if (end > highWatermark) {
            highWatermark = end;
            deferred.completeUpTo(end);
            watchers.wake();
        }
    }

    // ---- rolling and retention

    private void roll() {
        rolling = true;
        env.work().run(log.beginRoll(), new Outcome<RollTicket>() {
            @Override
            void succeeded(RollTicket rolled) {
                rolling = false;
                log.rolled(rolled);
                giveBudgetBack();
                advance();
                drainWaiting();
                flushAsNeeded();
                closeWhenQuiet();
            }
        });
    }

    /** Drops what has expired; what is in the active segment expires with it once it has been rolled. */
    void enforceRetention() {
        if (discarded || closing != null) {
            return;
        }
        if (!rolling && log.rollDue(env.time().wallMs())) {
            roll();
        }
        if (!retaining) {
            retain(log.beginRetention(env.time().wallMs(), highWatermark));
        }
    }

    private void retain(RetentionTicket ticket) {
        watchers.wake();
        if (ticket == null) {
            return;
        }
        retaining = true;
        env.work().run(ticket, new Outcome<RetentionTicket>() {
            @Override
            void succeeded(RetentionTicket retained) {
                retaining = false;
                log.retained(retained);
                closeWhenQuiet();
            }
        });
    }

    // ---- the end

    /** Closes the log once all that is under way has come back; nothing may be appended any more. */
    void close(Consumer<Boolean> closed) {
        closing = closed;
        startFlush();
        closeWhenQuiet();
    }

    private void closeWhenQuiet() {
        if (closing == null || sealing || flushing || rolling || retaining) {
            return;
        }
        if (!waiting.isEmpty() || log.dirty()) {
            drainWaiting();
            startFlush();
            return;
        }
        sealing = true;
        env.work().run(log.beginClose(), new DiskWork.Outcome<>() {
            @Override
            public void done(CloseTicket ticket) {
                if (!discarded) {
                    log.closed(ticket);
                    closed(true);
                }
            }

            @Override
            public void failed(Exception cause) {
                closed(false);
            }
        });
    }

    private void closed(boolean clean) {
        Consumer<Boolean> whenClosed = closing;
        closing = null;
        if (whenClosed != null) {
            whenClosed.accept(clean);
        }
    }

    /** Nothing that is parked here will come true; what is on its way back from a disk thread is ignored. */
    void discard(ErrorCode error, String why) {
        discarded = true;
        env.unflushed().giveBack(budgetTaken);
        budgetTaken = 0;
        deferred.loseAll();
        for (Append append = waiting.poll(); append != null; append = waiting.poll()) {
            append.placed();
            append.done(Rejected.of(error, why));
        }
        watchers.wake();
        closed(false);
    }

    private void failed(Exception cause) {
        if (!discarded) {
            faults.failed(cause);
        }
    }

    /** The outcome of file work; it is dropped once the leader has been discarded. */
    private abstract class Outcome<T> implements DiskWork.Outcome<T> {
        @Override
        public final void done(T result) {
            if (!discarded) {
                succeeded(result);
            }
        }

        @Override
        public final void failed(Exception cause) {
            LeaderLog.this.failed(cause);
        }

        abstract void succeeded(T result);
    }
}
