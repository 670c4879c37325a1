package io.headrace.broker.coordination;

import io.headrace.coordination.Coordinator;
import io.headrace.log.LogSlice;
import io.headrace.log.PartitionLog;
import io.headrace.replication.LeaderPartition;
import io.headrace.replication.ReadResult;
import io.headrace.wire.ErrorCode;

/**
 * Reads a partition from its beginning to its end into a new core, in bounded pieces. The pieces are read and applied on
 * disk threads, one after another; the shard only hands over. Until the end the core belongs to nobody else.
 */
final class CoordinatorLoading<E> {

    /** Hears how it ended, on the partition's shard. */
    interface Outcome<E> {

        void loaded(Coordinator<E> core);

        void failed(ErrorCode error);
    }

    private final LeaderPartition partition;
    private final Coordinator<E> core;
    private final CoordinatorLog records;
    private final int pieceBytes;
    private final Outcome<E> outcome;
    private long next;
    private long end;

    CoordinatorLoading(CoordinatorKind<E> kind, LeaderPartition partition, Outcome<E> outcome) {
        this.partition = partition;
        this.core = kind.newCore();
        this.records = new CoordinatorLog(kind.topic().codec(), core);
        this.pieceBytes = kind.topic().loadBytes();
        this.outcome = outcome;
    }

    private record Bounds(long start, long end) {

        static Bounds of(PartitionLog log) {
            return new Bounds(log.logStartOffset(), log.logEndOffset());
        }
    }

    /** What a crash left in the log is durable before anything is made of it. */
    void start() {
        partition.queryDurable(
                Bounds::of,
                bounds -> {
                    next = bounds.start();
                    end = bounds.end();
                    goOn();
                },
                outcome::failed);
    }

    private void goOn() {
        if (next >= end) {
            outcome.loaded(core);
        } else {
            partition.read(next, pieceBytes, true, this::replay);
        }
    }

    private void replay(ReadResult read) {
        if (read.error() != ErrorCode.NONE || read.sizeInBytes() == 0) {
            close(read.slice());
            outcome.failed(read.error() == ErrorCode.NONE ? ErrorCode.KAFKA_STORAGE_ERROR : read.error());
            return;
        }
        LogSlice slice = read.slice();
        long from = next;
        partition.onDisk(
                () -> records.replay(slice.read(), from, end),
                reached -> {
                    slice.close();
                    next = reached;
                    goOn();
                },
                error -> {
                    slice.close();
                    outcome.failed(error);
                });
    }

    private static void close(LogSlice slice) {
        if (slice != null) {
            slice.close();
        }
    }
}
