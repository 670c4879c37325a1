package io.headrace.broker.adoption;

import io.headrace.broker.coordination.CoordinatorLog;
import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.RecordCodec;
import io.headrace.coordination.Replay;
import io.headrace.log.AppendOrigin;
import io.headrace.log.AppendResult;
import io.headrace.log.AppendValidator;
import io.headrace.log.LogRead;
import io.headrace.log.LogSlice;
import io.headrace.log.PartitionLog;
import io.headrace.wire.BatchBuilder;
import io.headrace.wire.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The log of one partition of a coordinator's topic, open for somebody who may wait. For one thread. */
final class CoordinatorPartition implements AutoCloseable {

    private static final int READ_BYTES = 5 << 20;

    private final PartitionLog log;
    private final RecordCodec codec;

    CoordinatorPartition(PartitionLog log, RecordCodec codec) {
        this.log = log;
        this.codec = codec;
    }

    /** Takes all of it to whoever wants it. */
    void replay(Replay into) throws IOException {
        CoordinatorLog records = new CoordinatorLog(codec, into);
        long next = log.logStartOffset();
        while (next < log.logEndOffset()) {
            LogRead read = log.read(next, READ_BYTES, true, log.logEndOffset());
            try (LogSlice slice = slice(read)) {
                next = records.replay(slice.read(), next, log.logEndOffset());
            }
        }
    }

    private static LogSlice slice(LogRead read) throws IOException {
        return switch (read) {
            case LogRead.Hot(LogSlice slice) -> slice;
            case LogRead.Cold cold -> cold.task().run();
            case LogRead.OutOfRange _ -> throw new IllegalStateException("an offset of the log is not in it");
        };
    }

    /** Appends one record as a batch of its own. */
    void append(CoordinatorRecord record, int leaderEpoch, long wallMs) throws IOException {
        ByteBuffer batch = new BatchBuilder()
                .append(wallMs, codec.key(record), codec.value(record))
                .build(0, RecordBatch.NO_LEADER_EPOCH);
        AppendResult result = append(batch, leaderEpoch);
        if (result instanceof AppendResult.SegmentFull) {
            log.rolled(log.beginRoll().run());
            result = append(batch, leaderEpoch);
        }
        if (!(result instanceof AppendResult.Appended)) {
            throw new IOException("a record could not be appended to " + log.identity() + ": " + result);
        }
    }

    private AppendResult append(ByteBuffer batch, int leaderEpoch) throws IOException {
        return log.appendAsLeader(
                batch.duplicate(), leaderEpoch, AppendOrigin.Coordinator.plain(), new AppendValidator());
    }

    /** Makes all of it durable and leaves it as a clean stop would; returns the recovery point. */
    long finish() throws IOException {
        log.closed(log.beginClose().run());
        return log.recoveryPoint();
    }

    /** Lets go of the files as they are. */
    @Override
    public void close() {
        log.abandon();
    }
}
