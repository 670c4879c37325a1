package io.headrace.simulation.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.broker.coordination.CoordinatorLog;
import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.RecordCodec;
import io.headrace.coordination.Replay;
import io.headrace.coordination.Step;
import io.headrace.log.AppendResult;
import io.headrace.log.CompactionMemory;
import io.headrace.log.CompactionPass;
import io.headrace.log.CompactionPass.Progress;
import io.headrace.log.LogConfig;
import io.headrace.log.LogIdentity;
import io.headrace.log.LogRead;
import io.headrace.log.LogSlice;
import io.headrace.log.PartitionLog;
import io.headrace.log.SegmentReplacement;
import io.headrace.log.TransactionMarker;
import io.headrace.simulation.SeededRandomness;
import io.headrace.simulation.SimulatedDisk;
import io.headrace.simulation.Trace;
import io.headrace.simulation.VirtualTime;
import io.headrace.wire.BatchBuilder;
import io.headrace.wire.RecordBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;

/** The log of a coordinator's partition, compacted by the broker's own cleaner, and beside it all that was ever written. */
final class CompactedLog {

    private static final LogIdentity ID = new LogIdentity("coordinator", Uuid.ONE_UUID, 0);
    private static final Path DIRECTORY = Path.of("/data").resolve(ID.directoryName());
    private static final int READ_BYTES = 700;

    private final SeededRandomness random;
    private final VirtualTime time;
    private final RecordCodec codec;
    private final BatchBuilder builder = new BatchBuilder();
    private final List<ByteBuffer> written = new ArrayList<>();
    private final PartitionLog log;
    private long bytesWritten;
    private long activeBase;

    CompactedLog(SeededRandomness random, VirtualTime time, RecordCodec codec) throws IOException {
        this.random = random;
        this.time = time;
        this.codec = codec;
        SimulatedDisk disk = new SimulatedDisk(random.fork(), new Trace());
        disk.createDirectories(DIRECTORY.getParent());
        int segmentBytes = random.between(500, 4_000);
        LogConfig config = LogConfig.defaults().with(change -> {
            change.compacts = true;
            change.deletes = false;
            change.segmentBytes = segmentBytes;
            change.indexIntervalBytes = 200;
            change.deleteRetentionMs = 1_000;
        });
        log = PartitionLog.create(disk, DIRECTORY, ID, config, time);
    }

    /** Of all that was ever written, what part is left. */
    double share() {
        return (double) log.sizeInBytes() / bytesWritten;
    }

    // ---- writing

    void append(Step step) {
        if (step.records().isEmpty()) {
            return;
        }
        for (CoordinatorRecord record : step.records()) {
            builder.append(time.wallMs(), codec.key(record), codec.value(record));
        }
        if (step.origin().isTransactional()) {
            builder.producer(step.origin().producerId(), step.origin().producerEpoch(), RecordBatch.NO_SEQUENCE)
                    .transactional();
        }
        append(builder.build(log.logEndOffset(), 0));
    }

    void end(long producerId, short producerEpoch, boolean commit) {
        ByteBuffer marker = new TransactionMarker(producerId, producerEpoch, 0, commit).batch(time.wallMs());
        RecordBatch batch = new RecordBatch();
        batch.wrap(marker, 0);
        batch.setBaseOffset(log.logEndOffset());
        batch.setLeaderEpoch(0);
        append(marker);
    }

    private void append(ByteBuffer batch) {
        ByteBuffer copy = ByteBuffer.allocate(batch.remaining());
        copy.put(batch.duplicate()).flip();
        written.add(copy);
        bytesWritten += copy.remaining();
        try {
            AppendResult result = log.appendAsFollower(batch);
            if (result instanceof AppendResult.SegmentFull) {
                roll();
                result = log.appendAsFollower(batch);
            }
            assertThat(result).isInstanceOf(AppendResult.Appended.class);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void roll() throws IOException {
        log.rolled(log.beginRoll().run());
        activeBase = log.logEndOffset();
    }

    // ---- compacting

    /** All that is stable, sometimes up to the last record; with little memory only the first part of it. */
    void compact() throws IOException {
        if (random.coin() && log.logEndOffset() > activeBase) {
            roll();
        }
        long stable = log.lastStableOffset(log.logEndOffset());
        CompactionMemory memory = new CompactionMemory(random.between(200, 20_000), 0.9);
        CompactionPass pass = log.beginCompaction(stable, log.logEndOffset(), memory);
        boolean over = pass == null;
        while (!over) {
            switch (pass.run()) {
                case Progress.Worked(long _) -> {}
                case Progress.Ready(SegmentReplacement replacement, long _) -> {
                    assertThat(log.beginReplacement(replacement)).isTrue();
                    log.replaced(replacement.run());
                }
                case Progress.Finished() -> {
                    log.compacted(pass);
                    over = true;
                }
                case Progress.Overtaken() -> throw new AssertionError("nothing is deleted");
            }
        }
    }

    // ---- loading

    void load(Replay into) throws IOException {
        CoordinatorLog records = new CoordinatorLog(codec, into);
        long next = log.logStartOffset();
        while (next < log.logEndOffset()) {
            try (LogSlice slice = read(next)) {
                next = records.replay(slice.read(), next, log.logEndOffset());
            }
        }
    }

    private LogSlice read(long offset) throws IOException {
        return switch (log.read(offset, READ_BYTES, true, log.logEndOffset())) {
            case LogRead.Hot(LogSlice slice) -> slice;
            case LogRead.Cold(var cold) -> {
                LogSlice slice = cold.run();
                log.completed(cold);
                yield slice;
            }
            case LogRead.OutOfRange() -> throw new AssertionError(offset + " is out of range");
        };
    }

    void loadAsWritten(Replay into) {
        CoordinatorLog records = new CoordinatorLog(codec, into);
        long next = 0;
        for (ByteBuffer batch : written) {
            next = records.replay(batch.duplicate(), next, log.logEndOffset());
        }
    }
}
