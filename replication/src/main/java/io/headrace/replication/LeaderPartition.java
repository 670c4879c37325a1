package io.headrace.replication;

import io.headrace.log.AppendResult.Rejected;
import io.headrace.log.CompactionMemory;
import io.headrace.log.CompactionNeed;
import io.headrace.log.LeaderEpochs;
import io.headrace.log.LogConfig;
import io.headrace.log.LogIdentity;
import io.headrace.log.PartitionLog;
import io.headrace.log.ProducerStates;
import io.headrace.ports.DiskWork;
import io.headrace.ports.Time;
import io.headrace.wire.ErrorCode;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A partition that this node leads, on the shard that owns it; no other thread calls it. It answers requests from the open
 * log; {@code LogLifecycle} says when there is one. The log is opened by the first request that needs it, and what arrives
 * meanwhile waits. When the log in memory can no longer be trusted, nothing of it is answered any more.
 *
 * <p>Invariant: nobody is told of an offset at or above the high watermark, except the producer that wrote it with acks=1.
 */
public final class LeaderPartition {

    private final LogIdentity id;
    private final int leaderEpoch;
    private final Time time;
    private final LogLifecycle lifecycle;
    private final LeaderReads reads;

    public LeaderPartition(LogIdentity id, LogConfig config, int leaderEpoch, LogOpener opener, PartitionEnv env) {
        FileWork work = new FileWork(env.work());
        this.id = id;
        this.leaderEpoch = leaderEpoch;
        this.time = env.time();
        this.lifecycle = new LogLifecycle(id, config, leaderEpoch, opener, env, work);
        this.reads = new LeaderReads(id, lifecycle, work, env.events());
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
        return lifecycle.state() instanceof LogLifecycle.State.Offline(String reason) ? reason : null;
    }

    /** The open log, null in every other state. For checkpoints and descriptions; the partition stays its owner. */
    public PartitionLog openLog() {
        LeaderLog leader = lifecycle.leader();
        return leader == null ? null : leader.log();
    }

    public LogConfig config() {
        return lifecycle.config();
    }

    public void configure(LogConfig newConfig) {
        lifecycle.configure(newConfig);
    }

    // ---- requests

    public void append(Append append) {
        LeaderLog leader = lifecycle.leader();
        if (lifecycle.pausesAppends()) {
            refuse(append, ErrorCode.KAFKA_STORAGE_ERROR, "a write failed a moment ago");
        } else if (leader != null) {
            leader.append(append);
        } else {
            append.retain();
            lifecycle.whenOpen(open -> open.append(append), error -> refuse(append, error, lifecycle.whyNotOpen()));
        }
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
        lifecycle.whenOpen(
                leader -> answer.accept(
                        leader.log().producers().standing(producerId, epoch, sequence, bumpsEpoch, time.wallMs())),
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
        lifecycle.whenOpen(
                leader -> reads.read(leader, fetchOffset, maxBytes, atLeastOneBatch, isolation, reader),
                error -> reader.accept(ReadResult.failed(error)));
    }

    /** A read may be answered differently now than when the high watermark was this. */
    public boolean movedSince(long seenHighWatermark) {
        LeaderLog leader = lifecycle.leader();
        return leader == null || leader.highWatermark() != seenHighWatermark;
    }

    /** Runs the watcher once, when a read of this partition could be answered differently from now. */
    public void watch(Runnable watcher) {
        LeaderLog leader = lifecycle.leader();
        if (leader != null) {
            leader.watchers().add(watcher);
        } else {
            watcher.run();
        }
    }

    public void unwatch(Runnable watcher) {
        LeaderLog leader = lifecycle.leaderUntilClosed();
        if (leader != null) {
            leader.watchers().remove(watcher);
        }
    }

    /** Gives the request the log and the high watermark, as soon as there is a log. */
    public void query(Query query, Consumer<ErrorCode> otherwise) {
        lifecycle.whenOpen(leader -> query.run(leader.log(), leader.highWatermark()), otherwise);
    }

    /** A question about an open log; the answer must not tell of anything at or above the high watermark. */
    @FunctionalInterface
    public interface Query {
        void run(PartitionLog log, long highWatermark);
    }

    /**
     * As {@link #query}, once all that is in the log now is below the high watermark: whoever was told of a write before it was
     * durable (acks=1) finds that write.
     */
    public void querySettled(Query query, Consumer<ErrorCode> otherwise) {
        whenSettled(leader -> query.run(leader.log(), leader.highWatermark()), otherwise);
    }

    /** As {@link #query} about all of the log as it is now; the answer is given once all of that is durable. */
    public <A> void queryDurable(
            Function<PartitionLog, A> query, Consumer<A> whenDurable, Consumer<ErrorCode> otherwise) {
        lifecycle.whenOpen(
                leader -> {
                    A answer = query.apply(leader.log());
                    whenSettled(leader, () -> whenDurable.accept(answer), otherwise);
                },
                otherwise);
    }

    private void whenSettled(Consumer<LeaderLog> action, Consumer<ErrorCode> otherwise) {
        lifecycle.whenOpen(leader -> whenSettled(leader, () -> action.accept(leader), otherwise), otherwise);
    }

    private static void whenSettled(LeaderLog leader, Runnable action, Consumer<ErrorCode> otherwise) {
        leader.whenDurable(new DeferredReplies.Reply() {
            @Override
            public void durable() {
                action.run();
            }

            @Override
            public void lost(ErrorCode error, String why) {
                otherwise.accept(error);
            }
        });
    }

    /**
     * Raises the log start offset (DeleteRecords), once all that is in the log now is below the high watermark; -1 stands for
     * the latter. The new start is not yet on disk when it is told.
     */
    public void deleteRecords(long beforeOffset, Consumer<Long> newLogStart, Consumer<ErrorCode> otherwise) {
        whenSettled(
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
        LeaderLog leader = lifecycle.leader();
        if (leader != null) {
            leader.startFlush();
        }
    }

    /** Lets the recovery point follow the flushed offset, on disk; as soon as the file work allows that is under way. */
    public void checkpoint() {
        checkpoint(() -> {});
    }

    /** As above; {@code done} runs when the recovery point has followed what has been flushed, or cannot. */
    public void checkpoint(Runnable done) {
        LeaderLog leader = lifecycle.leader();
        if (leader != null) {
            leader.startCheckpoint(done);
        } else {
            done.run();
        }
    }

    /** Bytes that were flushed since the recovery point last followed, 0 while the log is not open. */
    public long flushedSinceCheckpoint() {
        LeaderLog leader = lifecycle.leader();
        return leader != null ? leader.flushedSinceCheckpoint() : 0;
    }

    /** Rolls by time and drops what has expired by time, by size or below the log start. */
    public void enforceRetention() {
        LeaderLog leader = lifecycle.leader();
        if (leader != null) {
            leader.enforceRetention();
        }
    }

    /** How much the log would gain by being compacted; nothing while it is not open. */
    public CompactionNeed compactionNeed() {
        LeaderLog leader = lifecycle.leader();
        return leader == null ? CompactionNeed.NONE : leader.log().compactionNeed(leader.lastStableOffset());
    }

    /**
     * Compacts the log one step further, or begins to.
     *
     * @param upToOffset a recovery point that a restart would find
     */
    public void compact(long upToOffset, CompactionMemory memory, Consumer<CompactionStep> done) {
        LeaderLog leader = lifecycle.leader();
        if (leader != null) {
            leader.compaction()
                    .step(Math.min(upToOffset, leader.lastStableOffset()), leader.highWatermark(), memory, done);
        } else {
            done.accept(CompactionStep.NOT_NOW);
        }
    }

    /**
     * Reads the files of this partition on a disk thread. What was asked of an open log is answered even if that log has been
     * left meanwhile: it lay below the high watermark. Damage takes the partition offline.
     */
    public <T> void onDisk(DiskWork.Task<T> task, Consumer<T> done, Consumer<ErrorCode> failed) {
        reads.onDisk(task, done, failed);
    }

    // ---- the end

    /** The log cannot be trusted; the partition answers with an error until the process is started again. */
    public void takeOffline(Exception cause) {
        lifecycle.takeOffline(cause);
    }

    /**
     * The topic was deleted: whoever waits is told.
     *
     * @param untouched runs once nothing touches the files any more
     */
    public void delete(Runnable untouched) {
        lifecycle.delete(untouched);
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
        lifecycle.close(closing);
    }
}
