package io.headrace.replication;

import io.headrace.log.AppendResult.Rejected;
import io.headrace.log.ColdRead;
import io.headrace.log.CompactionMemory;
import io.headrace.log.CompactionNeed;
import io.headrace.log.DamagedLog;
import io.headrace.log.LeaderEpochs;
import io.headrace.log.LoadPoint;
import io.headrace.log.LogConfig;
import io.headrace.log.LogIdentity;
import io.headrace.log.LogRead;
import io.headrace.log.LogSlice;
import io.headrace.log.PartitionLog;
import io.headrace.log.ProducerStates;
import io.headrace.log.SyncFailed;
import io.headrace.ports.Check;
import io.headrace.ports.DiskFault;
import io.headrace.ports.DiskWork;
import io.headrace.wire.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A partition that this node leads, on the shard that owns it; no other thread calls it. The log is opened by the first
 * request that needs it, and what arrives meanwhile waits. When the log in memory can no longer be trusted, nothing of it
 * is answered any more, and the files are left alone until all work on them has come back.
 *
 * <p>Invariant: nobody is told of an offset at or above the high watermark, except the producer that wrote it with acks=1.
 */
public final class LeaderPartition {

    /**
     * <pre>
     * Closed --a request--> Opening --opened--> Open --stopped--> Closing --> Gone
     *    ^                   |  |  ^              | |
     *    '--not this time----'  |  '-write failed-' |
     *                           '-damaged--> Offline <--damaged, fsync failed
     * any --deleted--> Gone
     * </pre>
     */
    private sealed interface State {

        /**
         * @param clean whether the log, as long as it stays closed, is known to be whole
         * @param failure why it could not be opened last time, null if there was no such time
         */
        record Closed(DiskWork.Task<PartitionLog> opening, boolean clean, String failure) implements State {}

        /** Told apart by identity: an opening that was overtaken must not end another. */
        final class Opening implements State {
            private final List<Waiting> waiting = new ArrayList<>();
        }

        record Open(LeaderLog leader) implements State {}

        record Closing(LeaderLog leader, LeaderPartition.Closing whenClosed) implements State {}

        record Offline(String reason) implements State {}

        record Gone() implements State {}
    }

    /** A request that arrived while the log was being opened. */
    private record Waiting(Consumer<LeaderLog> whenOpen, Consumer<ErrorCode> otherwise) {}

    private static final long NOT_PAUSED = Long.MIN_VALUE;

    private final LogIdentity id;
    private final LogOpener opener;
    private final PartitionEnv env;
    private final FileWork work;
    private final int leaderEpoch;
    private LogConfig config;
    private State state;
    private long pausedUntilMs = NOT_PAUSED;

    public LeaderPartition(LogIdentity id, LogConfig config, int leaderEpoch, LogOpener opener, PartitionEnv env) {
        this.id = id;
        this.config = config;
        this.leaderEpoch = leaderEpoch;
        this.opener = opener;
        this.env = env;
        this.work = new FileWork(env.work());
        this.state = new State.Closed(opener::open, true, null);
    }

    public LogIdentity id() {
        return id;
    }

    public int leaderEpoch() {
        return leaderEpoch;
    }

    /** Holds the epoch that a client believes in, -1 if it did not say, against the real one (KIP-320). */
    public ErrorCode checkEpoch(int believed) {
        if (believed < 0 || believed == leaderEpoch) {
            return ErrorCode.NONE;
        }
        return believed < leaderEpoch ? ErrorCode.FENCED_LEADER_EPOCH : ErrorCode.UNKNOWN_LEADER_EPOCH;
    }

    /** Where the epoch ended in the log of this partition; the one that it is led in ends where the log does, batches or not. */
    public LeaderEpochs.EpochEnd endOfEpoch(int epoch, PartitionLog log) {
        return epoch == leaderEpoch
                ? new LeaderEpochs.EpochEnd(epoch, log.logEndOffset())
                : log.leaderEpochs().endOffsetFor(epoch, log.logEndOffset());
    }

    /** The epoch of the batch at the offset; at the end of the log, of the one to come. */
    public int epochOf(long offset, PartitionLog log) {
        return offset == log.logEndOffset() ? leaderEpoch : log.leaderEpochs().epochOf(offset);
    }

    /** Why the partition is offline; null while it is not. */
    public String offlineReason() {
        return state instanceof State.Offline(String reason) ? reason : null;
    }

    /** The open log, null in every other state. For checkpoints and descriptions; the partition stays its owner. */
    public PartitionLog openLog() {
        return state instanceof State.Open(LeaderLog leader) ? leader.log() : null;
    }

    public LogConfig config() {
        return config;
    }

    public void configure(LogConfig newConfig) {
        config = newConfig;
        if (state instanceof State.Open(LeaderLog leader)) {
            leader.log().configure(newConfig);
        }
    }

    // ---- requests

    public void append(Append append) {
        if (state instanceof State.Open(LeaderLog leader) && !isPaused()) {
            leader.append(append);
        } else if (isPaused() && (state instanceof State.Open || state instanceof State.Opening)) {
            refuse(append, ErrorCode.KAFKA_STORAGE_ERROR, "a write failed a moment ago");
        } else {
            append.retain();
            whenOpen(leader -> leader.append(append), error -> refuse(append, error, whyNotOpen()));
        }
    }

    private String whyNotOpen() {
        return switch (state) {
            case State.Offline(String reason) -> reason;
            case State.Closed(var _, boolean _, String failure) -> "the log could not be opened: " + failure;
            case State.Closing _, State.Gone _ -> "the partition is closed or deleted";
            case State.Opening _, State.Open _ -> "the log is being opened again";
        };
    }

    /**
     * Where a transactional batch of the producer stands in the log, as soon as there is a log; see {@link
     * ProducerStates#standing}.
     */
    public void standing(
            long producerId,
            short epoch,
            int sequence,
            boolean bumpsEpoch,
            Consumer<ProducerStates.Standing> answer,
            Consumer<ErrorCode> otherwise) {
        whenOpen(
                leader -> answer.accept(leader.log()
                        .producers()
                        .standing(
                                producerId,
                                epoch,
                                sequence,
                                bumpsEpoch,
                                env.time().wallMs())),
                otherwise);
    }

    private static void refuse(Append append, ErrorCode error, String why) {
        append.placed();
        append.done(Rejected.of(error, why));
    }

    /**
     * Reads whole batches from the one that holds the offset on, up to the high watermark.
     *
     * @param maxBytes may be passed by the first batch if {@code atLeastOneBatch}
     */
    public void read(long fetchOffset, int maxBytes, boolean atLeastOneBatch, Consumer<ReadResult> reader) {
        read(fetchOffset, maxBytes, atLeastOneBatch, Isolation.READ_UNCOMMITTED, reader);
    }

    /** As above, as far as the isolation lets one see. */
    public void read(
            long fetchOffset, int maxBytes, boolean atLeastOneBatch, Isolation isolation, Consumer<ReadResult> reader) {
        whenOpen(
                leader -> read(leader, fetchOffset, maxBytes, atLeastOneBatch, isolation, reader),
                error -> reader.accept(ReadResult.failed(error)));
    }

    private void read(
            LeaderLog leader,
            long fetchOffset,
            int maxBytes,
            boolean atLeastOneBatch,
            Isolation isolation,
            Consumer<ReadResult> reader) {
        PartitionLog log = leader.log();
        long end = isolation.endOf(log, leader.highWatermark());
        if (fetchOffset < log.logStartOffset() || fetchOffset > log.logEndOffset()) {
            reader.accept(answer(leader, ErrorCode.OFFSET_OUT_OF_RANGE, null));
        } else if (fetchOffset >= end || maxBytes <= 0) {
            reader.accept(answer(leader, ErrorCode.NONE, null));
        } else {
            LogRead read = isolation == Isolation.READ_COMMITTED
                    ? log.readCommitted(fetchOffset, maxBytes, atLeastOneBatch, end)
                    : log.read(fetchOffset, maxBytes, atLeastOneBatch, end);
            switch (read) {
                case LogRead.Hot(LogSlice slice) -> reader.accept(answer(leader, ErrorCode.NONE, slice));
                case LogRead.OutOfRange() -> reader.accept(answer(leader, ErrorCode.OFFSET_OUT_OF_RANGE, null));
                case LogRead.Cold(ColdRead cold) ->
                    onDisk(
                            cold,
                            slice -> {
                                log.completed(cold);
                                reader.accept(answer(leader, ErrorCode.NONE, slice));
                            },
                            error -> reader.accept(ReadResult.failed(error)));
            }
        }
    }

    private static ReadResult answer(LeaderLog leader, ErrorCode error, LogSlice slice) {
        return new ReadResult(
                error,
                leader.highWatermark(),
                leader.lastStableOffset(),
                leader.log().logStartOffset(),
                slice);
    }

    /** A read may be answered differently now than when the high watermark was this. */
    public boolean movedSince(long seenHighWatermark) {
        return !(state instanceof State.Open(LeaderLog leader)) || leader.highWatermark() != seenHighWatermark;
    }

    /** Runs the watcher once, when a read of this partition could be answered differently from now. */
    public void watch(Runnable watcher) {
        if (state instanceof State.Open(LeaderLog leader)) {
            leader.watchers().add(watcher);
        } else {
            watcher.run();
        }
    }

    public void unwatch(Runnable watcher) {
        switch (state) {
            case State.Open(LeaderLog leader) -> leader.watchers().remove(watcher);
            case State.Closing(LeaderLog leader, Closing _) -> leader.watchers().remove(watcher);
            case State.Closed _, State.Opening _, State.Offline _, State.Gone _ -> {}
        }
    }

    /** Gives the request the log and the high watermark, as soon as there is a log. */
    public void query(Query query, Consumer<ErrorCode> otherwise) {
        whenOpen(leader -> query.run(leader.log(), leader.highWatermark()), otherwise);
    }

    /** A question about an open log; the answer must not tell of anything at or above the high watermark. */
    @FunctionalInterface
    public interface Query {
        void run(PartitionLog log, long highWatermark);
    }

    /** As {@link #query} about all of the log as it is now; the answer is given once all of that is durable. */
    public <A> void queryDurable(
            Function<PartitionLog, A> query, Consumer<A> whenDurable, Consumer<ErrorCode> otherwise) {
        whenOpen(
                leader -> {
                    A answer = query.apply(leader.log());
                    leader.whenDurable(new DeferredReplies.Reply() {
                        @Override
                        public void durable() {
                            whenDurable.accept(answer);
                        }

                        @Override
                        public void lost(ErrorCode error, String why) {
                            otherwise.accept(error);
                        }
                    });
                },
                otherwise);
    }

    /**
     * Raises the log start offset (DeleteRecords); -1 stands for the high watermark. The new start is not yet on disk when
     * it is told.
     */
    public void deleteRecords(long beforeOffset, Consumer<Long> newLogStart, Consumer<ErrorCode> otherwise) {
        whenOpen(
                leader -> {
                    long offset = beforeOffset == -1 ? leader.highWatermark() : beforeOffset;
                    if (offset < 0 || offset > leader.highWatermark()) {
                        otherwise.accept(ErrorCode.OFFSET_OUT_OF_RANGE);
                        return;
                    }
                    leader.log().advanceLogStart(offset);
                    leader.watchers().wake();
                    newLogStart.accept(leader.log().logStartOffset());
                    enforceRetention();
                },
                otherwise);
    }

    // ---- upkeep

    /** Starts a flush of what is dirty, whatever the visibility: for checkpoints and stops. */
    public void flush() {
        if (state instanceof State.Open(LeaderLog leader)) {
            leader.startFlush();
        }
    }

    /** Lets the recovery point follow the flushed offset, on disk. */
    public void checkpoint() {
        if (state instanceof State.Open(LeaderLog leader)) {
            leader.startCheckpoint();
        }
    }

    /** Rolls by time and drops what has expired by time, by size or below the log start. */
    public void enforceRetention() {
        if (state instanceof State.Open(LeaderLog leader)) {
            leader.enforceRetention();
        }
    }

    /** How much the log would gain by being compacted; nothing while it is not open. */
    public CompactionNeed compactionNeed() {
        return state instanceof State.Open(LeaderLog leader)
                ? leader.log().compactionNeed(stableOffset(leader))
                : CompactionNeed.NONE;
    }

    /**
     * Compacts the log one step further, or begins to.
     *
     * @param upToOffset a recovery point that a restart would find
     */
    public void compact(long upToOffset, CompactionMemory memory, Consumer<CompactionStep> done) {
        if (state instanceof State.Open(LeaderLog leader)) {
            leader.compaction().step(Math.min(upToOffset, stableOffset(leader)), leader.highWatermark(), memory, done);
        } else {
            done.accept(CompactionStep.NOT_NOW);
        }
    }

    private static long stableOffset(LeaderLog leader) {
        return leader.log().lastStableOffset(leader.highWatermark());
    }

    /**
     * Reads the files of this partition on a disk thread. What was asked of an open log is answered even if that log has been
     * left meanwhile: it lay below the high watermark. Damage takes the partition offline.
     */
    public <T> void onDisk(DiskWork.Task<T> task, Consumer<T> done, Consumer<ErrorCode> failed) {
        State asked = state;
        ReadsUnderWay reads = asked instanceof State.Open(LeaderLog leader) ? leader.reads() : new ReadsUnderWay();
        ReadsUnderWay.Generation since = reads.began();
        work.read(task, new DiskWork.Outcome<>() {
            @Override
            public void done(T result) {
                reads.ended(since);
                done.accept(result);
            }

            @Override
            public void failed(Exception cause) {
                reads.ended(since);
                if (!(cause instanceof DamagedLog)) {
                    env.events().notRead(id, cause);
                } else if (state.equals(asked)) {
                    takeOffline(cause);
                }
                failed.accept(ErrorCode.KAFKA_STORAGE_ERROR);
            }
        });
    }

    // ---- opening

    private void whenOpen(Consumer<LeaderLog> action, Consumer<ErrorCode> otherwise) {
        switch (state) {
            case State.Open(LeaderLog leader) -> action.accept(leader);
            case State.Opening opening -> opening.waiting.add(new Waiting(action, otherwise));
            case State.Closed _ when isPaused() -> otherwise.accept(ErrorCode.KAFKA_STORAGE_ERROR);
            case State.Closed(DiskWork.Task<PartitionLog> task, boolean _, String _) -> {
                State.Opening opening = new State.Opening();
                state = opening;
                opening.waiting.add(new Waiting(action, otherwise));
                opener.whenFree(() -> {
                    if (state.equals(opening)) {
                        open(task, opening);
                    }
                });
            }
            case State.Offline _ -> otherwise.accept(ErrorCode.KAFKA_STORAGE_ERROR);
            case State.Closing _, State.Gone _ -> otherwise.accept(ErrorCode.NOT_LEADER_OR_FOLLOWER);
        }
    }

    private void open(DiskWork.Task<PartitionLog> task, State.Opening opening) {
        work.run(task, new DiskWork.Outcome<>() {
            @Override
            public void done(PartitionLog log) {
                if (state.equals(opening)) {
                    opened(log, opening);
                } else {
                    log.abandon();
                }
            }

            @Override
            public void failed(Exception cause) {
                if (cause instanceof SyncFailed) {
                    LeaderPartition.this.failed(cause);
                } else if (state.equals(opening)) {
                    notOpened(task, cause);
                }
            }
        });
    }

    private void opened(PartitionLog log, State.Opening opening) {
        log.configure(config);
        LeaderLog leader = new LeaderLog(log, leaderEpoch, env, work, this::failed);
        state = new State.Open(leader);
        env.events().opened(id, log.loadReport());
        leader.startFlush();
        for (Waiting request : opening.waiting) {
            whenOpen(request.whenOpen(), request.otherwise());
        }
    }

    /** Damage stays. Anything else, such as a full disk or too many open files, may be gone when the next request comes. */
    private void notOpened(DiskWork.Task<PartitionLog> task, Exception cause) {
        if (cause instanceof DamagedLog || !(cause instanceof IOException)) {
            takeOffline(cause);
            return;
        }
        pause();
        env.events().notOpened(id, cause);
        String why = DiskFault.inWords(cause);
        leave(new State.Closed(task, false, why), ErrorCode.KAFKA_STORAGE_ERROR, why);
    }

    private void pause() {
        pausedUntilMs = env.time().monotonicMs() + Limits.PAUSE_AFTER_FAILURE_MS;
    }

    private boolean isPaused() {
        return pausedUntilMs != NOT_PAUSED && env.time().monotonicMs() < pausedUntilMs;
    }

    // ---- faults

    private void failed(Exception cause) {
        switch (cause) {
            case SyncFailed syncFailed -> {
                takeOffline(cause);
                env.events().directoryFailed(id, cause);
            }
            case DamagedLog damaged -> takeOffline(cause);
            default -> startOver(cause);
        }
    }

    /** What was not flushed is found again by reading; those who waited for it are told to retry. */
    private void startOver(Exception cause) {
        String why = "the log failed: " + DiskFault.inWords(cause);
        env.events().startedOver(id, cause);
        if (!(state instanceof State.Open(LeaderLog leader))) {
            // It was about to be closed, and is read again after the next start.
            leave(new State.Gone(), ErrorCode.KAFKA_STORAGE_ERROR, why);
            return;
        }
        pause();
        State.Opening opening = new State.Opening();
        leave(opening, ErrorCode.KAFKA_STORAGE_ERROR, why);
        work.whenQuiet(() -> {
            if (state.equals(opening)) {
                LoadPoint from = leader.log().reloadPoint();
                open(() -> opener.reopen(from), opening);
            }
        });
    }

    /** The log cannot be trusted; the partition answers with an error until the process is started again. */
    public void takeOffline(Exception cause) {
        if (state instanceof State.Offline || state instanceof State.Gone) {
            return;
        }
        leave(new State.Offline(cause.getMessage()), ErrorCode.KAFKA_STORAGE_ERROR, cause.getMessage());
        env.events().offline(id, cause);
    }

    // ---- the end

    /**
     * The topic was deleted: whoever waits is told.
     *
     * @param untouched runs once nothing touches the files any more
     */
    public void delete(Runnable untouched) {
        leave(new State.Gone(), ErrorCode.NOT_LEADER_OR_FOLLOWER, "the topic was deleted");
        work.whenQuiet(untouched);
    }

    private void leave(State next, ErrorCode error, String why) {
        State before = state;
        state = next;
        switch (before) {
            case State.Open(LeaderLog leader) -> drop(leader, error, why);
            case State.Closing(LeaderLog leader, Closing closing) -> {
                drop(leader, error, why);
                closing.closed(false, null);
            }
            case State.Opening opening ->
                opening.waiting.forEach(request -> request.otherwise().accept(error));
            case State.Closed _, State.Offline _, State.Gone _ -> {}
        }
    }

    private void drop(LeaderLog leader, ErrorCode error, String why) {
        leader.discard(error, why);
        work.whenQuiet(leader.log()::abandon);
    }

    /** What closing a partition came to. */
    @FunctionalInterface
    public interface Closing {

        /**
         * @param clean whether the log is known to be whole, or was never opened
         * @param log the closed log, for its offsets; null if none was open
         */
        void closed(boolean clean, PartitionLog log);
    }

    /** Closes the log as after a clean stop: flushed, sealed and trimmed. New requests are refused from now on. */
    public void close(Closing closing) {
        switch (state) {
            case State.Open(LeaderLog leader) -> {
                state = new State.Closing(leader, closing);
                leader.close(() -> closed(leader, closing));
            }
            case State.Opening opening -> opening.waiting.add(new Waiting(_ -> close(closing), _ -> close(closing)));
            case State.Closing _ -> Check.that(false, "a partition is closed once");
            case State.Closed(var _, boolean clean, String _) -> {
                state = new State.Gone();
                closing.closed(clean, null);
            }
            case State.Gone() -> closing.closed(true, null);
            case State.Offline _ -> closing.closed(false, null);
        }
    }

    private void closed(LeaderLog leader, Closing closing) {
        state = new State.Gone();
        leader.discard(ErrorCode.NOT_LEADER_OR_FOLLOWER, "the broker is stopping");
        closing.closed(true, leader.log());
    }
}
