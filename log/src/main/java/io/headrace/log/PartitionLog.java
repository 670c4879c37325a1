package io.headrace.log;

import io.headrace.ports.Check;
import io.headrace.ports.Disk;
import io.headrace.ports.DiskWork;
import io.headrace.ports.Time;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * The log of one partition: batches in segments, put there by the {@code LogWriter}, found again by the {@code LogReader},
 * made durable as {@code LogDurability} keeps account, and taken away by retention and compaction. {@link #create} and {@link #load} run
 * on a disk thread; from then on one owner calls everything else, and never waits for the disk: what takes longer than an
 * append to the page cache is handed out as a ticket, runs on a disk thread without touching this object, and is given
 * back when it is done. At most one ticket of each kind is under way, and nothing is appended during a roll.
 *
 * <p>Invariant: {@code logStartOffset <= logEndOffset} and {@code flushedOffset <= logEndOffset}; what lies below the
 * flushed offset survives anything, and the batches of all segments follow on each other, without a gap where nothing has been compacted.
 */
public final class PartitionLog {

    private final LogIdentity id;
    private final Time time;
    private final LoadReport loadReport;
    private final SegmentList segments;
    private final LeaderEpochs epochs;
    private final ProducerStates producers;
    private final SavedState saved;
    private final LogWriter writer;
    private final LogReader reader;
    private final LogDurability durability;
    private final Retention retention = new Retention();
    private final LogCompaction compaction;
    private LogFiles files;
    private LogConfig config;
    private long logStartOffset;
    private boolean released;

    PartitionLog(LogIdentity id, LogConfig config, Time time, LogFiles files, Loaded loaded) {
        this.id = id;
        this.time = time;
        this.loadReport = loaded.report();
        this.segments = loaded.segments();
        this.epochs = loaded.epochs();
        this.producers = loaded.producers();
        this.saved = loaded.saved();
        this.writer = new LogWriter(id, time, loaded);
        this.reader = new LogReader(segments, time);
        this.durability = new LogDurability(loaded);
        this.compaction = loaded.compaction();
        this.files = files;
        this.config = config;
        this.logStartOffset = loaded.logStartOffset();
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
        return durability.flushedOffset();
    }

    /** Records below it are durable and what a restart needs to know of them is as well: the offset for the checkpoint. */
    public long recoveryPoint() {
        return durability.recoveryPoint();
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
        return new LoadPoint(recoveryPoint(), flushedOffset(), logStartOffset, false, compaction.cleanedUpTo());
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
        return writer.appendAsLeader(sent, leaderEpoch, origin, validator, config);
    }

    /** Writes batches whose offsets and epochs are given and follow on the log end. */
    public AppendResult appendAsFollower(ByteBuffer batches) throws IOException {
        return writer.appendAsFollower(batches, config);
    }

    // ---- flush

    /** Null if nothing is dirty. */
    public FlushTicket beginFlush() {
        return durability.beginFlush(files);
    }

    /**
     * A flush that also saves index entries, producers and epochs, so that the recovery point can follow. Null if it is
     * there already.
     */
    public FlushTicket beginCheckpoint() {
        return durability.beginCheckpoint(files);
    }

    /** Completes either. */
    public void flushed(FlushTicket ticket) {
        durability.flushed(ticket);
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
        return writer.beginRoll(files);
    }

    public void rolled(RollTicket ticket) {
        writer.rolled(ticket);
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
                ? compactionRange(stableOffset).need(config, recoveryPoint(), time.wallMs())
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
        writer.checkWritable();
        writer.end();
        return durability.beginClose(files);
    }

    /** Completes the close. The recovery point is then the log end. */
    public void closed(CloseTicket ticket) {
        durability.closed();
        release();
    }

    /** Lets go of the files as they are; slices that were given out stay readable. */
    public void abandon() {
        writer.end();
        release();
    }

    private void release() {
        if (!released) {
            released = true;
            segments.release();
        }
    }
}
