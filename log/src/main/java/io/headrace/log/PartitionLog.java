package io.headrace.log;

import io.headrace.ports.Disk;
import io.headrace.ports.DiskWork;
import io.headrace.ports.Time;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The log of one partition: batches in segments, found again by offset and by time. {@link #create} and {@link #load} run
 * on a disk thread; from then on one owner calls everything else, and never waits for the disk: what takes longer than an
 * append to the page cache is handed out as a ticket, runs on a disk thread without touching this object, and is given
 * back when it is done. At most one ticket of each kind is under way, and nothing is appended during a roll.
 *
 * <p>Invariant: {@code logStartOffset <= flushedOffset <= logEndOffset}, save that the log start may lie above the flushed
 * offset where the owner shows what is not yet durable; offsets below the flushed offset survive anything.
 */
public final class PartitionLog {

    private PartitionLog() {}

    // ---- on a disk thread, before the owner has it

    /** Makes the directory and an empty log in it; both are durable on return. */
    public static PartitionLog create(Disk disk, Path directory, LogIdentity id, LogConfig config, Time time)
            throws IOException {
        throw new UnsupportedOperationException("coming");
    }

    /** Opens the log in the directory; cuts off what was not written whole, and fails with {@link DamagedLog} where that had been durable. */
    public static PartitionLog load(
            Disk disk, Path directory, LogIdentity id, LogConfig config, Time time, LoadPoint from) throws IOException {
        throw new UnsupportedOperationException("coming");
    }

    // ---- of the owner

    public LogIdentity identity() {
        throw new UnsupportedOperationException("coming");
    }

    public Path directory() {
        throw new UnsupportedOperationException("coming");
    }

    /** What loading found; empty after a clean stop. */
    public LoadReport loadReport() {
        throw new UnsupportedOperationException("coming");
    }

    public LogConfig config() {
        throw new UnsupportedOperationException("coming");
    }

    /** Takes effect with the next append, roll or retention. */
    public void configure(LogConfig config) {
        throw new UnsupportedOperationException("coming");
    }

    /** The first offset that can be read. */
    public long logStartOffset() {
        throw new UnsupportedOperationException("coming");
    }

    /** The offset of the next record. */
    public long logEndOffset() {
        throw new UnsupportedOperationException("coming");
    }

    /** Records below it are durable. */
    public long flushedOffset() {
        throw new UnsupportedOperationException("coming");
    }

    /** Records below it are durable and what a restart needs to know of them is as well: the offset for the checkpoint. */
    public long recoveryPoint() {
        throw new UnsupportedOperationException("coming");
    }

    /** Bytes of the segments. */
    public long sizeInBytes() {
        throw new UnsupportedOperationException("coming");
    }

    public long unflushedBytes() {
        throw new UnsupportedOperationException("coming");
    }

    /** Something has been appended that is not flushed. */
    public boolean dirty() {
        throw new UnsupportedOperationException("coming");
    }

    public LeaderEpochs leaderEpochs() {
        throw new UnsupportedOperationException("coming");
    }

    public ProducerStates producers() {
        throw new UnsupportedOperationException("coming");
    }

    // ---- append

    /**
     * Validates a producer's batch, gives it offsets and epoch in place and writes it. An exception means that the state
     * in memory is worth nothing any more: the log is to be abandoned and loaded again.
     *
     * @param produceVersion version of the Produce request
     * @param validator the shard's
     */
    public AppendResult appendAsLeader(
            ByteBuffer batch, int leaderEpoch, int produceVersion, AppendValidator validator) throws IOException {
        throw new UnsupportedOperationException("coming");
    }

    /** Writes batches whose offsets and epochs are given and follow on the log end. */
    public AppendResult appendAsFollower(ByteBuffer batches) throws IOException {
        throw new UnsupportedOperationException("coming");
    }

    // ---- flush

    /** Null if nothing is dirty. */
    public FlushTicket beginFlush() {
        throw new UnsupportedOperationException("coming");
    }

    /** A flush that also saves index entries, producers and epochs, so that the recovery point can follow; null if it is there already. */
    public FlushTicket beginCheckpoint() {
        throw new UnsupportedOperationException("coming");
    }

    /** Completes either. */
    public void flushed(FlushTicket ticket) {
        throw new UnsupportedOperationException("coming");
    }

    // ---- roll

    /** All of the active segment has expired, so that retention needs a new one in its place. */
    public boolean rollDue(long nowWallMs) {
        throw new UnsupportedOperationException("coming");
    }

    public RollTicket beginRoll() {
        throw new UnsupportedOperationException("coming");
    }

    public void rolled(RollTicket ticket) {
        throw new UnsupportedOperationException("coming");
    }

    // ---- read

    /**
     * Whole batches, from the one that holds the offset on, none of which reaches past {@code upToOffset}. The slice is
     * empty if there are none, or if the first is larger than {@code maxBytes} and not {@code atLeastOneBatch}.
     */
    public LogRead read(long fetchOffset, int maxBytes, boolean atLeastOneBatch, long upToOffset) {
        throw new UnsupportedOperationException("coming");
    }

    /** The first record at or after the time, below {@code upToOffset}. */
    public DiskWork.Task<TimestampOffset> timestampLookup(long timestampMs, long upToOffset) {
        throw new UnsupportedOperationException("coming");
    }

    /** The first record of the highest timestamp below {@code upToOffset}. */
    public DiskWork.Task<TimestampOffset> maxTimestampLookup(long upToOffset) {
        throw new UnsupportedOperationException("coming");
    }

    // ---- retention

    /** Null if there is nothing to do. The segments are gone for readers at once; their files go later. */
    public RetentionTicket beginRetention(long nowWallMs, long highWatermark) {
        throw new UnsupportedOperationException("coming");
    }

    public void retained(RetentionTicket ticket) {
        throw new UnsupportedOperationException("coming");
    }

    /** Raises the log start offset, to at most the log end. Lower offsets change nothing. */
    public void advanceLogStart(long offset) {
        throw new UnsupportedOperationException("coming");
    }

    // ---- the end

    /** Nothing may be appended any more. */
    public CloseTicket beginClose() {
        throw new UnsupportedOperationException("coming");
    }

    public void closed(CloseTicket ticket) {
        throw new UnsupportedOperationException("coming");
    }

    /** Lets go of the files as they are; slices that were given out stay readable. */
    public void abandon() {
        throw new UnsupportedOperationException("coming");
    }
}
