package io.headrace.replication;

import io.headrace.log.ColdRead;
import io.headrace.log.DamagedLog;
import io.headrace.log.LogIdentity;
import io.headrace.log.LogRead;
import io.headrace.log.LogSlice;
import io.headrace.log.PartitionLog;
import io.headrace.ports.DiskWork;
import io.headrace.wire.ErrorCode;
import java.util.function.Consumer;

/** What is read of a partition's log, at once or on a disk thread. Run by the partition's thread. */
final class LeaderReads {

    private final LogIdentity id;
    private final LogLifecycle lifecycle;
    private final FileWork work;
    private final PartitionEnv.Events events;

    LeaderReads(LogIdentity id, LogLifecycle lifecycle, FileWork work, PartitionEnv.Events events) {
        this.id = id;
        this.lifecycle = lifecycle;
        this.work = work;
        this.events = events;
    }

    /** See {@link LeaderPartition#read}. */
    void read(
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

    /** See {@link LeaderPartition#onDisk}. */
    <T> void onDisk(DiskWork.Task<T> task, Consumer<T> done, Consumer<ErrorCode> failed) {
        LogLifecycle.State asked = lifecycle.state();
        LeaderLog leader = lifecycle.leader();
        ReadsUnderWay reads = leader != null ? leader.reads() : new ReadsUnderWay();
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
                    events.notRead(id, cause);
                } else if (lifecycle.state().equals(asked)) {
                    lifecycle.takeOffline(cause);
                }
                failed.accept(ErrorCode.KAFKA_STORAGE_ERROR);
            }
        });
    }
}
