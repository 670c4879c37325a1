package io.headrace.log;

import io.headrace.log.AppendResult.Appended;
import io.headrace.log.AppendResult.Rejected;
import io.headrace.log.AppendResult.SegmentFull;
import io.headrace.ports.Check;
import io.headrace.ports.Time;
import io.headrace.wire.BatchStatus;
import io.headrace.wire.ErrorCode;
import io.headrace.wire.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Puts batches at the end of a log and begins its segments. Belongs to the owner of the log.
 *
 * <p>Invariant: nothing is written during a roll, nor after a write that failed half-way, nor once the log is over.
 */
final class LogWriter {

    private static final SegmentFull FULL = new SegmentFull();

    private final LogIdentity id;
    private final Time time;
    private final SegmentList segments;
    private final LeaderEpochs epochs;
    private final ProducerStates producers;
    private final SavedState saved;
    private boolean rolling;
    private boolean over;

    LogWriter(LogIdentity id, Time time, PartitionLog.Loaded loaded) {
        this.id = id;
        this.time = time;
        this.segments = loaded.segments();
        this.epochs = loaded.epochs();
        this.producers = loaded.producers();
        this.saved = loaded.saved();
    }

    // ---- append

    /** See {@link PartitionLog#appendAsLeader}. */
    AppendResult appendAsLeader(
            ByteBuffer sent, int leaderEpoch, AppendOrigin origin, AppendValidator validator, LogConfig config)
            throws IOException {
        checkWritable();
        long wallMs = time.wallMs();
        Optional<Rejected> refused = validator.validate(sent, origin, config, wallMs);
        if (refused.isPresent()) {
            return refused.get();
        }
        RecordBatch batch = validator.batch();
        Optional<AppendResult> answered = producers.check(batch, origin);
        if (answered.isPresent()) {
            return answered.get();
        }
        long baseOffset = segments.active().nextOffset();
        long lastOffset = baseOffset + batch.lastOffsetDelta();
        if (!hasRoomFor(batch.sizeInBytes(), lastOffset, validator.maxTimestamp(), wallMs, config)) {
            return FULL;
        }
        write(validator.assign(baseOffset, leaderEpoch), batch, config);
        noteEpoch(leaderEpoch, baseOffset);
        noteProducer(batch);
        return new Appended(baseOffset, lastOffset, validator.appendTimeMs());
    }

    /** See {@link PartitionLog#appendAsFollower}. */
    AppendResult appendAsFollower(ByteBuffer batches, LogConfig config) throws IOException {
        checkWritable();
        int first = batches.position();
        int end = batches.limit();
        RecordBatch batch = new RecordBatch();
        long baseOffset = segments.active().nextOffset();
        long nextOffset = baseOffset;
        long maxTimestamp = RecordBatch.NO_TIMESTAMP;
        for (int at = first; at < end; at += batch.sizeInBytes()) {
            if (batch.wrap(batches, at) != BatchStatus.WHOLE || !batch.crcIsValid()) {
                return Rejected.of(ErrorCode.CORRUPT_MESSAGE, "what the leader sent is damaged");
            }
            if (batch.baseOffset() != nextOffset) {
                return Rejected.of(
                        ErrorCode.OFFSET_OUT_OF_RANGE,
                        "the leader sent offset " + batch.baseOffset() + " where " + nextOffset + " is due");
            }
            nextOffset = batch.nextOffset();
            maxTimestamp = Math.max(maxTimestamp, batch.maxTimestamp());
        }
        if (!hasRoomFor(end - first, nextOffset - 1, maxTimestamp, time.wallMs(), config)) {
            return FULL;
        }
        write(batches, batch, config);
        for (int at = first; at < end; at += batch.sizeInBytes()) {
            batch.wrap(batches, at);
            noteEpoch(batch.leaderEpoch(), batch.baseOffset());
            noteProducer(batch);
        }
        return new Appended(baseOffset, nextOffset - 1, -1);
    }

    private boolean hasRoomFor(int bytes, long lastOffset, long maxTimestamp, long wallMs, LogConfig config) {
        ActiveSegment active = segments.active();
        return active.hasRoomFor(
                bytes, lastOffset, maxTimestamp, wallMs, config, jitterMs(config, active.baseOffset()));
    }

    /** Differs from segment to segment and from log to log, and comes out the same whenever it is asked for. */
    private long jitterMs(LogConfig config, long baseOffset) {
        if (config.segmentJitterMs() <= 0) {
            return 0;
        }
        long mixed = (id.hashCode() * 31L + baseOffset) * 0x9E3779B97F4A7C15L;
        return Math.floorMod(mixed ^ (mixed >>> 32), Math.min(config.segmentJitterMs(), config.rollMs()));
    }

    private void write(ByteBuffer batches, RecordBatch walker, LogConfig config) throws IOException {
        over = true;
        segments.active().append(batches, walker, config.indexIntervalBytes());
        over = false;
        saved.changed();
    }

    private void noteEpoch(int epoch, long offset) {
        if (epoch > epochs.latestEpoch()) {
            epochs.assign(epoch, offset);
        }
    }

    private void noteProducer(RecordBatch batch) {
        AbortedTransaction aborted = producers.append(batch);
        if (aborted != null) {
            segments.active().aborted().add(aborted);
        }
    }

    // ---- roll

    RollTicket beginRoll(LogFiles files) {
        checkWritable();
        ActiveSegment active = segments.active();
        Check.that(active.sizeInBytes() > 0, "an empty segment is not rolled");
        rolling = true;
        saved.changed();
        return new RollTicket(
                files,
                active.index().rest(),
                active.nextOffset(),
                active.aborted().unsaved(),
                saved.beginAtRoll(active.nextOffset(), producers));
    }

    void rolled(RollTicket ticket) {
        Check.that(rolling, "a roll that was begun is completed");
        rolling = false;
        segments.roll(ticket.newFile(), time.wallMs());
    }

    // ---- the end

    void checkWritable() {
        Check.that(!over && !rolling, "nothing is appended during a roll or after the end");
    }

    /** Nothing may be written any more. */
    void end() {
        over = true;
    }
}
