package io.headrace.log;

import io.headrace.log.AppendResult.Appended;
import io.headrace.log.AppendResult.Rejected;
import io.headrace.log.AppendResult.SegmentFull;
import io.headrace.ports.Check;
import io.headrace.ports.Disk;
import io.headrace.ports.DiskWork;
import io.headrace.ports.Time;
import io.headrace.wire.BatchStatus;
import io.headrace.wire.ErrorCode;
import io.headrace.wire.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The log of one partition: batches in segments, found again by offset and by time. {@link #create} and {@link #load} run
 * on a disk thread; from then on one owner calls everything else, and never waits for the disk: what takes longer than an
 * append to the page cache is handed out as a ticket, runs on a disk thread without touching this object, and is given
 * back when it is done. At most one ticket of each kind is under way, and nothing is appended during a roll.
 *
 * <p>Invariant: {@code logStartOffset <= logEndOffset} and {@code flushedOffset <= logEndOffset}; what lies below the
 * flushed offset survives anything, and the batches of all segments follow on each other without a gap.
 */
public final class PartitionLog {

    private static final SegmentFull FULL = new SegmentFull();

    private final LogIdentity id;
    private final Time time;
    private final LoadReport loadReport;
    private final LeaderEpochs epochs;
    private final ProducerStates producers;
    private final Retention retention = new Retention();
    private final SavedState saved;
    private LogFiles files;
    private LogConfig config;
    private final SegmentList segments;
    private final LogReader reader;
    private final LogCompaction compaction;
    private long logStartOffset;
    private long flushedOffset;
    private long recoveryPoint;
    private boolean rolling;

    /** An append failed half-way, or the log was closed or abandoned. */
    private boolean over;

    private boolean released;

    PartitionLog(LogIdentity id, LogConfig config, Time time, LogFiles files, Loaded loaded) {
        this.id = id;
        this.config = config;
        this.time = time;
        this.files = files;
        this.loadReport = loaded.report();
        this.epochs = loaded.epochs();
        this.producers = loaded.producers();
        this.saved = loaded.saved();
        this.segments = loaded.segments();
        this.reader = new LogReader(segments, time);
        this.compaction = loaded.compaction();
        this.logStartOffset = loaded.logStartOffset();
        this.flushedOffset = loaded.flushedOffset();
        this.recoveryPoint = loaded.recoveryPoint();
    }

    /** What a log is made of when it has been created or loaded. */
    record Loaded(
            SegmentList segments,
            LeaderEpochs epochs,
            ProducerStates producers,
            SavedState saved,
            LogCompaction compaction,
            long logStartOffset,
            long flushedOffset,
            long recoveryPoint,
            LoadReport report) {}

    // ---- on a disk thread, before the owner has it

    /** Makes the directory and an empty log in it; both are durable on return. */
    public static PartitionLog create(Disk disk, Path directory, LogIdentity id, LogConfig config, Time time)
            throws IOException {
        return LogCreation.create(filesOf(disk, directory, config, false), id, config, time);
    }

    /**
     * Opens the log in the directory. Cuts off what was not written whole, and fails with {@link DamagedLog} where that had
     * been durable.
     */
    public static PartitionLog load(
            Disk disk, Path directory, LogIdentity id, LogConfig config, Time time, LoadPoint from) throws IOException {
        LogFiles files = filesOf(disk, directory, config, from.cleanedUpTo() != LogCompaction.NEVER);
        return new PartitionLog(id, config, time, files, new LogRecovery(files, id, config, time, from).run());
    }

    private static LogFiles filesOf(Disk disk, Path directory, LogConfig config, boolean gaps) {
        return new LogFiles(disk, directory, gaps || config.compacts(), config.indexIntervalBytes());
    }

    // ---- of the owner

    public LogIdentity identity() {
        return id;
    }

    public Path directory() {
        return files.directory();
    }

    /** What loading found; empty after a clean stop. */
    public LoadReport loadReport() {
        return loadReport;
    }

    public LogConfig config() {
        return config;
    }

    /** Takes effect with the next append, roll or retention. */
    public void configure(LogConfig newConfig) {
        config = newConfig;
        files = filesOf(files.disk(), files.directory(), newConfig, files.gaps());
        producers.expireAfter(newConfig.producerIdExpirationMs());
    }

    /** The first offset that can be read. */
    public long logStartOffset() {
        return logStartOffset;
    }

    /** The offset of the next record. */
    public long logEndOffset() {
        return segments.active().nextOffset();
    }

    /** Records below it are durable. */
    public long flushedOffset() {
        return flushedOffset;
    }

    /** Records below it are durable and what a restart needs to know of them is as well: the offset for the checkpoint. */
    public long recoveryPoint() {
        return recoveryPoint;
    }

    /**
     * The end of what a read_committed reader sees of the records below the high watermark: where the first transaction
     * began whose outcome is not below it as well.
     */
    public long lastStableOffset(long highWatermark) {
        long firstUnstable = Math.max(producers.firstUnstableOffset(highWatermark), logStartOffset);
        return Math.min(firstUnstable, highWatermark);
    }

    /** From where to load the log again when it has to be thrown away although the process goes on. */
    public LoadPoint reloadPoint() {
        return new LoadPoint(recoveryPoint, flushedOffset, logStartOffset, false, compaction.cleanedUpTo());
    }

    /** Bytes of the segments. */
    public long sizeInBytes() {
        return segments.sizeInBytes();
    }

    public long unflushedBytes() {
        return segments.unflushedBytes();
    }

    /** Something has been appended that is not flushed. */
    public boolean dirty() {
        return segments.unflushedBytes() > 0;
    }

    public LeaderEpochs leaderEpochs() {
        return epochs;
    }

    public ProducerStates producers() {
        return producers;
    }

    // ---- append

    /**
     * Validates a batch, gives it offsets and epoch in place and writes it. An exception means that the state
     * in memory is worth nothing any more: the log is to be abandoned and loaded again.
     *
     * @param validator the shard's
     */
    public AppendResult appendAsLeader(ByteBuffer sent, int leaderEpoch, AppendOrigin origin, AppendValidator validator)
            throws IOException {
        checkAppendable();
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
        long baseOffset = logEndOffset();
        long lastOffset = baseOffset + batch.lastOffsetDelta();
        if (!hasRoomFor(batch.sizeInBytes(), lastOffset, validator.maxTimestamp(), wallMs)) {
            return FULL;
        }
        write(validator.assign(baseOffset, leaderEpoch), batch);
        noteEpoch(leaderEpoch, baseOffset);
        noteProducer(batch);
        return new Appended(baseOffset, lastOffset, validator.appendTimeMs());
    }

    /** Writes batches whose offsets and epochs are given and follow on the log end. */
    public AppendResult appendAsFollower(ByteBuffer batches) throws IOException {
        checkAppendable();
        int first = batches.position();
        int end = batches.limit();
        RecordBatch batch = new RecordBatch();
        long baseOffset = logEndOffset();
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
        if (!hasRoomFor(end - first, nextOffset - 1, maxTimestamp, time.wallMs())) {
            return FULL;
        }
        write(batches, batch);
        for (int at = first; at < end; at += batch.sizeInBytes()) {
            batch.wrap(batches, at);
            noteEpoch(batch.leaderEpoch(), batch.baseOffset());
            noteProducer(batch);
        }
        return new Appended(baseOffset, nextOffset - 1, -1);
    }

    private void noteProducer(RecordBatch batch) {
        AbortedTransaction aborted = producers.append(batch);
        if (aborted != null) {
            segments.active().aborted().add(aborted);
        }
    }

    private void noteEpoch(int epoch, long offset) {
        if (epoch > epochs.latestEpoch()) {
            epochs.assign(epoch, offset);
        }
    }

    private void checkAppendable() {
        Check.that(!over && !rolling, "nothing is appended during a roll or after the end");
    }

    private boolean hasRoomFor(int bytes, long lastOffset, long maxTimestamp, long wallMs) {
        ActiveSegment active = segments.active();
        return active.hasRoomFor(
                bytes, lastOffset, maxTimestamp, wallMs, config, jitterMs(config, id, active.baseOffset()));
    }

    /** Differs from segment to segment and from log to log, and comes out the same whenever it is asked for. */
    private static long jitterMs(LogConfig config, LogIdentity id, long baseOffset) {
        if (config.segmentJitterMs() <= 0) {
            return 0;
        }
        long mixed = (id.hashCode() * 31L + baseOffset) * 0x9E3779B97F4A7C15L;
        return Math.floorMod(mixed ^ (mixed >>> 32), Math.min(config.segmentJitterMs(), config.rollMs()));
    }

    private void write(ByteBuffer batches, RecordBatch walker) throws IOException {
        over = true;
        segments.active().append(batches, walker, config.indexIntervalBytes());
        over = false;
        saved.changed();
    }

    // ---- flush

    /** Null if nothing is dirty. */
    public FlushTicket beginFlush() {
        if (!dirty()) {
            return null;
        }
        SegmentIndex index = segments.active().index();
        IndexSave entries = index.unsavedEntries() > Limits.INDEX_ENTRIES_UNSAVED ? index.unsaved() : null;
        return new FlushTicket(files, segments.unflushed(), logEndOffset(), index, entries, null);
    }

    /**
     * A flush that also saves index entries, producers and epochs, so that the recovery point can follow. Null if it is
     * there already.
     */
    public FlushTicket beginCheckpoint() {
        if (recoveryPoint == logEndOffset()) {
            return null;
        }
        SegmentIndex index = segments.active().index();
        return new FlushTicket(files, segments.unflushed(), logEndOffset(), index, index.unsaved(), beginSave());
    }

    /** Completes either. */
    public void flushed(FlushTicket ticket) {
        segments.flushed(ticket);
        ticket.noteSaved();
        flushedOffset = Math.max(flushedOffset, ticket.upToOffset());
        if (ticket.movesRecoveryPoint()) {
            recoveryPoint = ticket.upToOffset();
        }
    }

    private StateSave beginSave() {
        return saved.begin(logEndOffset(), segments.first(), segments.active(), producers, epochs);
    }

    // ---- roll

    /**
     * All of the active segment has expired, or its oldest record has waited long enough to be compacted: a new one has to take
     * its place.
     */
    public boolean rollDue(long nowWallMs) {
        SegmentView[] all = segments.views();
        return segments.active().sizeInBytes() > 0
                && (CompactionRange.isOverdue(all[all.length - 1], config, nowWallMs)
                        || Retention.expired(all, config, nowWallMs, Long.MAX_VALUE, logStartOffset) == all.length);
    }

    public RollTicket beginRoll() {
        checkAppendable();
        Check.that(segments.active().sizeInBytes() > 0, "an empty segment is not rolled");
        rolling = true;
        saved.changed();
        return new RollTicket(
                files,
                segments.active().index().rest(),
                logEndOffset(),
                segments.active().aborted().unsaved(),
                saved.beginAtRoll(logEndOffset(), producers));
    }

    public void rolled(RollTicket ticket) {
        Check.that(rolling, "a roll that was begun is completed");
        rolling = false;
        segments.roll(ticket.newFile(), time.wallMs());
    }

    // ---- read

    /**
     * Whole batches, from the one that holds the offset on, none of which reaches past {@code upToOffset}. The slice is
     * empty if there are none, or if the first is larger than {@code maxBytes} and not {@code atLeastOneBatch}.
     */
    public LogRead read(long fetchOffset, int maxBytes, boolean atLeastOneBatch, long upToOffset) {
        return read(
                new ReadBounds(fetchOffset, maxBytes, atLeastOneBatch, Math.min(upToOffset, logEndOffset()), false));
    }

    /** As {@link #read}, up to the last stable offset or below, with the aborted transactions that the slice may touch. */
    public LogRead readCommitted(long fetchOffset, int maxBytes, boolean atLeastOneBatch, long upToOffset) {
        return read(new ReadBounds(fetchOffset, maxBytes, atLeastOneBatch, Math.min(upToOffset, logEndOffset()), true));
    }

    private LogRead read(ReadBounds bounds) {
        if (bounds.fetchOffset() < logStartOffset || bounds.fetchOffset() > logEndOffset()) {
            return new LogRead.OutOfRange();
        }
        if (bounds.fetchOffset() >= bounds.upToOffset()) {
            return new LogRead.Hot(LogSlice.EMPTY);
        }
        return reader.read(files, bounds);
    }

    /** What the read found need not be looked for again for a while. */
    public void completed(ColdRead read) {
        reader.completed(read);
    }

    /** The first record at or after the time, below {@code upToOffset}. */
    public DiskWork.Task<TimestampOffset> timestampLookup(long timestampMs, long upToOffset) {
        return new TimestampLookup(
                files,
                segments.views(),
                timestampMs,
                logStartOffset,
                upToOffset,
                segments.active().index().floorPositionOfTime(timestampMs));
    }

    /** The first record of the highest timestamp below {@code upToOffset}. */
    public DiskWork.Task<TimestampOffset> maxTimestampLookup(long upToOffset) {
        return new MaxTimestampLookup(files, segments.views(), logStartOffset, upToOffset);
    }

    // ---- retention

    /** Null if there is nothing to do. The segments are gone for readers at once; their files go later. */
    public RetentionTicket beginRetention(long nowWallMs, long highWatermark) {
        long[] expired = segments.removeFirst(
                compaction.replacing()
                        ? 0
                        : Retention.expired(segments.sealed(), config, nowWallMs, highWatermark, logStartOffset));
        long[] due = retention.takeDue(time);
        if (expired.length == 0 && due.length == 0) {
            return null;
        }
        if (expired.length > 0) {
            advanceLogStart(segments.first());
            if (epochs.truncateFromStart(segments.first())) {
                saved.epochsChanged();
            }
        }
        return new RetentionTicket(files, expired, due);
    }

    public void retained(RetentionTicket ticket) {
        retention.add(ticket.expired(), time.monotonicMs() + config.fileDeleteDelayMs());
    }

    /** Raises the log start offset; the owner sees to it that it is not above the high watermark. A lower one changes nothing. */
    public void advanceLogStart(long offset) {
        Check.that(offset <= logEndOffset(), "the log start is not above the log end", offset, logEndOffset());
        logStartOffset = Math.max(logStartOffset, offset);
    }

    // ---- compaction

    /** Below it every key stands once; -1 if the log has never been compacted. */
    public long cleanedUpTo() {
        return compaction.cleanedUpTo();
    }

    /** @param stableOffset the last stable offset */
    public CompactionNeed compactionNeed(long stableOffset) {
        return config.compacts()
                ? compactionRange(stableOffset).need(config, recoveryPoint, time.wallMs())
                : CompactionNeed.NONE;
    }

    /**
     * A pass over what may be compacted; null if there is nothing. One is under way at a time, and each of its steps is given
     * back before the next begins.
     *
     * @param upToOffset not above the last stable offset, nor above the recovery point that a restart would find: below that
     *     a log may have gaps, above it they are damage
     */
    public CompactionPass beginCompaction(long upToOffset, long highWatermark, CompactionMemory memory) {
        CompactionRange range = compactionRange(upToOffset);
        if (range.isClean()) {
            return null;
        }
        AbortedAhead aborted = new AbortedAhead(
                files, List.of(segments.views()), segments.active().aborted().copy());
        return new CompactionPass(
                files,
                config,
                range,
                aborted,
                new LastBatches(producers.entries()),
                memory,
                highWatermark,
                time.wallMs());
    }

    private CompactionRange compactionRange(long upToOffset) {
        return CompactionRange.of(
                segments, config, compaction.cleanedUpTo(), logStartOffset, upToOffset, time.wallMs());
    }

    /**
     * Reads go to the new segment from now on; the replacement may run once all that were under way have come back. False if
     * it has been overtaken by retention, and is not to run.
     */
    public boolean beginReplacement(SegmentReplacement replacement) {
        return compaction.begin(replacement, segments);
    }

    public void replaced(SegmentReplacement replacement) {
        compaction.completed(replacement, segments);
    }

    public void compacted(CompactionPass pass) {
        compaction.finished(pass);
    }

    // ---- the end

    /** Nothing may be appended any more. */
    public CloseTicket beginClose() {
        checkAppendable();
        over = true;
        SegmentFile active = segments.active().file();
        if (!saved.isBehind()) {
            return new CloseTicket(files, active, null, null);
        }
        return new CloseTicket(files, active, segments.active().index().rest(), beginSave());
    }

    /** Completes the close. The recovery point is then the log end. */
    public void closed(CloseTicket ticket) {
        flushedOffset = logEndOffset();
        recoveryPoint = logEndOffset();
        release();
    }

    /** Lets go of the files as they are; slices that were given out stay readable. */
    public void abandon() {
        over = true;
        release();
    }

    private void release() {
        if (!released) {
            released = true;
            segments.release();
        }
    }
}
