package io.headrace.replication;

import io.headrace.log.AppendResult.Rejected;
import io.headrace.log.DamagedLog;
import io.headrace.log.LogConfig;
import io.headrace.log.LogIdentity;
import io.headrace.log.LogRead;
import io.headrace.log.LogSlice;
import io.headrace.log.PartitionLog;
import io.headrace.log.SyncFailed;
import io.headrace.ports.Check;
import io.headrace.ports.DiskWork;
import io.headrace.wire.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A partition that this node leads, on the shard that owns it; no other thread calls it. The log is opened by the first
 * request that needs it, and what arrives meanwhile waits.
 *
 * <pre>
 * Closed --a request--> Opening --opened--> Open --write failed--> Opening
 *    ^                     |  |              |
 *    '-- not this time ----'  '-- damaged ---+--- fsync failed ---> Offline
 * any --deleted or stopped--> Gone
 * </pre>
 *
 * Invariant: nobody is told of an offset at or above the high watermark, except the producer that wrote it with acks=1.
 */
public final class LeaderPartition {

    private sealed interface State {
        /** @param untouched nobody has tried to open it */
        record Closed(boolean untouched) implements State {}

        /** Told apart by identity: an opening that was overtaken must not end another. */
        final class Opening implements State {
            private final List<Waiting> waiting = new ArrayList<>();
        }

        record Open(LeaderLog leader) implements State {}

        record Offline(String reason) implements State {}

        record Gone() implements State {}
    }

    /** A request that arrived while the log was being opened. */
    private record Waiting(Consumer<LeaderLog> whenOpen, Consumer<ErrorCode> otherwise) {}

    private final LogIdentity id;
    private final LogOpener opener;
    private final PartitionEnv env;
    private LogConfig config;
    private final int leaderEpoch;
    private State state = new State.Closed(true);

    /** How to open the log: from the checkpoints, or from where this process knows it to be flushed. */
    private DiskWork.Task<PartitionLog> opening;

    /** The failure to open it that was told last; it may be met again with every request. */
    private String toldFailure;

    public LeaderPartition(LogIdentity id, LogConfig config, int leaderEpoch, LogOpener opener, PartitionEnv env) {
        this.id = id;
        this.config = config;
        this.leaderEpoch = leaderEpoch;
        this.opener = opener;
        this.env = env;
        this.opening = opener::open;
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

    /** Why the partition is offline; null while it is not. */
    public String offlineReason() {
        return state instanceof State.Offline(String reason) ? reason : null;
    }

    /** The open log, null in every other state. For checkpoints and descriptions; the partition stays its owner. */
    public PartitionLog openLog() {
        return state instanceof State.Open(LeaderLog leader) ? leader.log() : null;
    }

    public void configure(LogConfig newConfig) {
        config = newConfig;
        if (state instanceof State.Open(LeaderLog leader)) {
            leader.log().configure(newConfig);
        }
    }

    // ---- requests

    public void append(Append append) {
        if (state instanceof State.Open(LeaderLog leader)) {
            leader.append(append);
            return;
        }
        append.retain();
        whenOpen(leader -> leader.append(append), error -> {
            append.placed();
            append.done(Rejected.of(error, offlineReason()));
        });
    }

    /**
     * Reads whole batches from the one that holds the offset on, up to the high watermark.
     *
     * @param maxBytes may be passed by the first batch if {@code atLeastOneBatch}
     */
    public void read(long fetchOffset, int maxBytes, boolean atLeastOneBatch, Consumer<ReadResult> reader) {
        whenOpen(
                leader -> read(leader, fetchOffset, maxBytes, atLeastOneBatch, reader),
                error -> reader.accept(ReadResult.failed(error)));
    }

    private void read(
            LeaderLog leader, long fetchOffset, int maxBytes, boolean atLeastOneBatch, Consumer<ReadResult> reader) {
        PartitionLog log = leader.log();
        long end = leader.highWatermark();
        if (fetchOffset < log.logStartOffset() || fetchOffset > log.logEndOffset()) {
            reader.accept(answer(leader, ErrorCode.OFFSET_OUT_OF_RANGE, null));
        } else if (fetchOffset >= end || maxBytes <= 0) {
            reader.accept(answer(leader, ErrorCode.NONE, null));
        } else {
            switch (log.read(fetchOffset, maxBytes, atLeastOneBatch, end)) {
                case LogRead.Hot(LogSlice slice) -> reader.accept(answer(leader, ErrorCode.NONE, slice));
                case LogRead.OutOfRange() -> reader.accept(answer(leader, ErrorCode.OFFSET_OUT_OF_RANGE, null));
                case LogRead.Cold(DiskWork.Task<LogSlice> task) ->
                    onDisk(
                            task,
                            slice -> reader.accept(answer(leader, ErrorCode.NONE, slice)),
                            error -> reader.accept(ReadResult.failed(error)));
            }
        }
    }

    private static ReadResult answer(LeaderLog leader, ErrorCode error, LogSlice slice) {
        long end = leader.highWatermark();
        return new ReadResult(error, end, end, leader.log().logStartOffset(), slice);
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
        if (state instanceof State.Open(LeaderLog leader)) {
            leader.watchers().remove(watcher);
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

    /** As {@link #query}, once all that is in the log at this moment is durable. */
    public void queryDurable(Query query, Consumer<ErrorCode> otherwise) {
        whenOpen(
                leader -> leader.whenDurable(new DeferredReplies.Reply() {
                    @Override
                    public void durable() {
                        query.run(leader.log(), leader.highWatermark());
                    }

                    @Override
                    public void lost() {
                        otherwise.accept(ErrorCode.KAFKA_STORAGE_ERROR);
                    }
                }),
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

    /** Does file work that belongs to this partition; damage that it finds takes it offline. */
    public <T> void onDisk(DiskWork.Task<T> task, Consumer<T> done, Consumer<ErrorCode> failed) {
        env.work().run(task, new DiskWork.Outcome<>() {
            @Override
            public void done(T result) {
                done.accept(result);
            }

            @Override
            public void failed(Exception cause) {
                if (cause instanceof DamagedLog) {
                    takeOffline(cause);
                }
                failed.accept(ErrorCode.KAFKA_STORAGE_ERROR);
            }
        });
    }

    // ---- states

    private void whenOpen(Consumer<LeaderLog> action, Consumer<ErrorCode> otherwise) {
        switch (state) {
            case State.Open(LeaderLog leader) -> action.accept(leader);
            case State.Opening attempt -> attempt.waiting.add(new Waiting(action, otherwise));
            case State.Closed _ -> {
                open();
                whenOpen(action, otherwise);
            }
            case State.Offline(String reason) -> otherwise.accept(ErrorCode.KAFKA_STORAGE_ERROR);
            case State.Gone() -> otherwise.accept(ErrorCode.NOT_LEADER_OR_FOLLOWER);
        }
    }

    private void open() {
        State.Opening attempt = new State.Opening();
        state = attempt;
        env.work().run(opening, new DiskWork.Outcome<>() {
            @Override
            public void done(PartitionLog log) {
                if (state.equals(attempt)) {
                    opened(log, attempt);
                } else {
                    log.abandon();
                }
            }

            @Override
            public void failed(Exception cause) {
                if (state.equals(attempt)) {
                    notOpened(cause);
                }
            }
        });
    }

    /** A full disk may have room again, a read succeed another time: then the next request opens the log. */
    private void notOpened(Exception cause) {
        switch (cause) {
            case SyncFailed syncFailed -> failed(cause);
            case DamagedLog damaged -> takeOffline(cause);
            case IOException passing -> {
                leave(new State.Closed(false), ErrorCode.KAFKA_STORAGE_ERROR);
                if (!String.valueOf(cause.getMessage()).equals(toldFailure)) {
                    toldFailure = String.valueOf(cause.getMessage());
                    env.events().notOpened(id, cause);
                }
            }
            default -> takeOffline(cause);
        }
    }

    private void opened(PartitionLog log, State.Opening attempt) {
        toldFailure = null;
        log.configure(config);
        LeaderLog leader = new LeaderLog(log, leaderEpoch, env, this::failed);
        state = new State.Open(leader);
        env.events().opened(id, log.loadReport());
        leader.startFlush();
        for (Waiting request : attempt.waiting) {
            whenOpen(request.whenOpen(), request.otherwise());
        }
    }

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
        Check.that(state instanceof State.Open, "a write failed on a partition that is not open");
        LeaderLog leader = ((State.Open) state).leader();
        PartitionLog log = leader.log();
        long flushedOffset = log.flushedOffset();
        long logStartOffset = log.logStartOffset();
        env.events().startedOver(id, cause);
        opening = () -> opener.reopen(flushedOffset, logStartOffset);
        open();
        leader.discard(ErrorCode.KAFKA_STORAGE_ERROR, cause.getMessage());
        log.abandon();
    }

    /** The log cannot be trusted; the partition answers with an error until the process is started again. */
    public void takeOffline(Exception cause) {
        if (state instanceof State.Offline || state instanceof State.Gone) {
            return;
        }
        leave(new State.Offline(cause.getMessage()), ErrorCode.KAFKA_STORAGE_ERROR);
        env.events().offline(id, cause);
    }

    /** The topic was deleted: whoever waits is told, and the files are no longer touched. */
    public void delete() {
        leave(new State.Gone(), ErrorCode.NOT_LEADER_OR_FOLLOWER);
    }

    private void leave(State next, ErrorCode error) {
        State before = state;
        state = next;
        switch (before) {
            case State.Open(LeaderLog leader) -> {
                leader.discard(error, offlineReason());
                leader.log().abandon();
            }
            case State.Opening attempt ->
                attempt.waiting.forEach(request -> request.otherwise().accept(error));
            case State.Closed _ -> {}
            case State.Offline(String reason) -> {}
            case State.Gone() -> {}
        }
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

    /**
     * Closes the log as after a clean stop: flushed, sealed and trimmed. Appends are refused from now on, everything else
     * once it is closed.
     */
    public void close(Closing closing) {
        switch (state) {
            case State.Open(LeaderLog leader) ->
                leader.close(clean -> {
                    state = new State.Gone();
                    leader.discard(ErrorCode.NOT_LEADER_OR_FOLLOWER, "the broker is stopping");
                    leader.log().abandon();
                    closing.closed(clean, leader.log());
                });
            case State.Opening attempt ->
                attempt.waiting.add(new Waiting(_ -> close(closing), _ -> closing.closed(false, null)));
            case State.Closed(boolean untouched) -> {
                state = new State.Gone();
                closing.closed(untouched, null);
            }
            case State.Gone() -> closing.closed(true, null);
            case State.Offline(String reason) -> closing.closed(false, null);
        }
    }
}
