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
import io.headrace.log.SyncFailed;
import io.headrace.ports.Check;
import io.headrace.ports.DiskWork;
import io.headrace.wire.ErrorCode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The leader while its log is open. Run by the partition's thread. One flush is under way whenever anything is dirty, and
 * whatever is appended meanwhile shares the next one. Appends that find the segment full or the unflushed budget spent
 * wait in order. The high watermark never goes back and never passes what {@link Visibility} allows; every answer that
 * depends on an append waits for it.
 *
 * <p>Whoever is answered may come back with the next request from within the answer, so state changes first and answers
 * come last.
 */
final class LeaderLog {

    /** Hears that the log in memory no longer matches the file, upon which it discards the leader. */
    interface Faults {
        void failed(Exception cause);
    }

    private final PartitionLog log;
    private final PartitionEnv env;
    private final DiskWork work;
    private final Faults faults;
    private final ReadsUnderWay reads = new ReadsUnderWay();
    private final LeaderCompaction compaction;
    private final DeferredReplies deferred = new DeferredReplies();
    private final BudgetShare budget;
    private final Watchers watchers = new Watchers();
    private final Deque<Append> waiting = new ArrayDeque<>(0);
    private final Checkpointing checkpointing = new Checkpointing();
    private final int leaderEpoch;
    private long highWatermark;
    private boolean flushing;
    private boolean rolling;
    private boolean retaining;

    /** For the segment that is being rolled. */
    private boolean retentionWaits;

    private Runnable whenClosed;
    private boolean discarded;

    LeaderLog(PartitionLog log, int leaderEpoch, PartitionEnv env, DiskWork work, Faults faults) {
        this.log = log;
        this.leaderEpoch = leaderEpoch;
        this.env = env;
        this.work = work;
        this.faults = faults;
        this.compaction = new LeaderCompaction(log, work, reads, new LeaderCompaction.Listener() {
            @Override
            public void failed(Exception cause) {
                LeaderLog.this.failed(cause);
            }

            @Override
            public void givenUp(Exception cause) {
                env.events().notCompacted(log.identity(), cause);
            }

            @Override
            public void idle() {
                closeWhenQuiet();
            }
        });
        this.budget = new BudgetShare(env.unflushed(), () -> {
            drainWaiting();
            closeWhenQuiet();
        });
        this.highWatermark = visibleEnd();
        settleBudget();
    }

    PartitionLog log() {
        return log;
    }

    /** The reads of the log's files: whoever runs one counts it here. */
    ReadsUnderWay reads() {
        return reads;
    }

    LeaderCompaction compaction() {
        return compaction;
    }

    Watchers watchers() {
        return watchers;
    }

    long highWatermark() {
        return highWatermark;
    }

    long lastStableOffset() {
        return log.lastStableOffset(highWatermark);
    }

    // ---- appends

    void append(Append append) {
        if (mustWait()) {
            append.retain();
            waiting.add(append);
        } else {
            offer(append);
        }
    }

    private boolean mustWait() {
        return !waiting.isEmpty() || rolling || budget.mustWait();
    }

    private void drainWaiting() {
        while (!discarded && !rolling && !waiting.isEmpty() && !budget.mustWait()) {
            offer(waiting.poll());
        }
    }

    private void offer(Append append) {
        AppendResult result;
        try {
            result = log.appendAsLeader(append.batches(), leaderEpoch, append.origin(), env.validator());
        } catch (IOException | RuntimeException failure) {
            // It is turned away with the others, as the first of those that have no place yet.
            waiting.addFirst(append);
            failed(failure);
            return;
        }
        switch (result) {
            case SegmentFull() -> {
                append.retain();
                waiting.addFirst(append);
                roll();
            }
            // A refusal, too, may rest on batches that are not durable yet.
            case Rejected rejected -> answer(append, rejected, log.logEndOffset());
            case Duplicate duplicate -> answer(append, duplicate, duplicate.lastOffset() + 1);
            case Appended appended -> {
                settleBudget();
                answer(append, appended, appended.lastOffset() + 1);
                advance();
                flushAsNeeded();
            }
        }
    }

    /** @param restsOn the log up to this offset has to be durable before an acks=all producer is told */
    private void answer(Append append, AppendResult result, long restsOn) {
        if (append.acks() != Acks.ALL || restsOn <= highWatermark) {
            append.placed();
            append.done(result);
            return;
        }
        deferred.await(restsOn, new DeferredReplies.Reply() {
            @Override
            public void durable() {
                append.done(result);
            }

            @Override
            public void lost(ErrorCode error, String why) {
                append.done(Rejected.of(error, why));
            }
        });
        append.placed();
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

    private void settleBudget() {
        budget.settle(discarded ? 0 : log.unflushedBytes());
    }

    /** Whoever spends the budget flushes, whatever the visibility: others may wait for it. */
    private void flushAsNeeded() {
        if (env.visibility() == Visibility.DURABLE || budget.spent() || mayCheckpoint()) {
            startFlush();
        }
    }

    void startFlush() {
        if (flushing || discarded) {
            return;
        }
        if (mayCheckpoint()) {
            checkpointing.begin();
            flush(log.beginCheckpoint(), true);
        } else {
            flush(log.beginFlush(), false);
        }
    }

    private boolean mayCheckpoint() {
        return checkpointing.areDue() && !rolling;
    }

    /**
     * Asks for a flush that also lets the recovery point follow, so that a restart has less to read. The next flush is that, also
     * of a log that is written without a pause.
     *
     * @param done runs when the recovery point has followed, or never will
     */
    void startCheckpoint(Runnable done) {
        checkpointing.add(done);
        if (mayCheckpoint()) {
            startFlush();
        }
    }

    long flushedSinceCheckpoint() {
        return checkpointing.flushedSince();
    }

    private void flush(FlushTicket ticket, boolean checkpoint) {
        if (ticket == null) {
            checkpointing.complete();
            return;
        }
        flushing = true;
        work.flush(ticket, new Outcome<FlushTicket>() {
            @Override
            void complete(FlushTicket flushed) {
                flushing = false;
                long unflushed = log.unflushedBytes();
                log.flushed(flushed);
                long bytes = unflushed - log.unflushedBytes();
                checkpointing.flushed(bytes, checkpoint);
                env.events().flushed(log.identity(), bytes);
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
        work.run(log.beginRoll(), new Outcome<RollTicket>() {
            @Override
            void complete(RollTicket rolled) {
                rolling = false;
                log.rolled(rolled);
            }
        });
    }

    /** Drops what has expired; the active segment has to be rolled before it can go. */
    void enforceRetention() {
        if (!rolling && log.rollDue(env.time().wallMs())) {
            retentionWaits = true;
            roll();
        }
        if (!retaining) {
            retain(log.beginRetention(env.time().wallMs(), highWatermark));
        }
    }

    private void enforceRetentionThatWaits() {
        if (retentionWaits && !rolling && !retaining) {
            retentionWaits = false;
            retain(log.beginRetention(env.time().wallMs(), highWatermark));
        }
    }

    private void retain(RetentionTicket ticket) {
        if (ticket == null) {
            return;
        }
        retaining = true;
        work.run(ticket, new Outcome<RetentionTicket>() {
            @Override
            void complete(RetentionTicket retained) {
                retaining = false;
                log.retained(retained);
            }
        });
        watchers.wake();
    }

    // ---- the end

    /** Closes the log once all that waits has been appended and flushed; the caller sees to it that nothing is added. */
    void close(Runnable closed) {
        whenClosed = closed;
        compaction.stop();
        closeWhenQuiet();
    }

    private void closeWhenQuiet() {
        if (whenClosed == null || discarded) {
            return;
        }
        startFlush();
        compaction.tidy();
        if (flushing || rolling || retaining || compaction.busy() || !waiting.isEmpty()) {
            return;
        }
        Runnable closed = whenClosed;
        whenClosed = null;
        // Mostly fsyncs: ten thousand logs close in the time that many of them take together.
        work.flush(log.beginClose(), new DiskWork.Outcome<CloseTicket>() {
            @Override
            public void done(CloseTicket ticket) {
                if (!discarded) {
                    log.closed(ticket);
                    closed.run();
                }
            }

            @Override
            public void failed(Exception cause) {
                LeaderLog.this.failed(cause);
            }
        });
    }

    /** Nothing that is parked here will come true. */
    void discard(ErrorCode error, String why) {
        discarded = true;
        compaction.stop();
        deferred.loseAll(error, why);
        checkpointing.giveUp();
        for (Append append = waiting.poll(); append != null; append = waiting.poll()) {
            append.placed();
            append.done(Rejected.of(error, why));
        }
        watchers.wake();
        settleBudget();
    }

    /** A failed fsync concerns the whole directory, also when nobody waits for it any more. */
    private void failed(Exception cause) {
        if (!discarded || cause instanceof SyncFailed) {
            faults.failed(cause);
        }
    }

    /**
     * The outcome of a ticket. The log is told of it even if the leader has been discarded, since it has to know its files to
     * let go of them.
     */
    private abstract class Outcome<T> implements DiskWork.Outcome<T> {
        @Override
        public final void done(T ticket) {
            try {
                complete(ticket);
                goOn();
            } catch (Check.BrokenInvariant broken) {
                failed(broken);
            }
        }

        @Override
        public final void failed(Exception cause) {
            LeaderLog.this.failed(cause);
        }

        abstract void complete(T ticket);

        private void goOn() {
            if (!discarded) {
                advance();
                settleBudget();
                drainWaiting();
                flushAsNeeded();
                enforceRetentionThatWaits();
                closeWhenQuiet();
            }
        }
    }
}
