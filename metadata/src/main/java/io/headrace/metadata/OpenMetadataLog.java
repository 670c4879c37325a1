package io.headrace.metadata;

import io.headrace.log.AppendResult;
import io.headrace.log.FlushTicket;
import io.headrace.log.OffsetCheckpoint;
import io.headrace.log.PartitionLog;
import io.headrace.log.RetentionTicket;
import io.headrace.log.RollTicket;
import io.headrace.log.SyncFailed;
import io.headrace.ports.Check;
import io.headrace.ports.Disk;
import io.headrace.ports.DiskWork;
import io.headrace.ports.Time;
import io.headrace.wire.BatchBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * One life of the metadata log, from its loading to the first failure or the end. What is appended while a flush is under
 * way shares the next one; what is appended while a segment is rolled waits for that. Belongs to shard 0.
 *
 * <p>A snapshot is a round: the image is written, the log rolled, and what both have made useless is deleted.
 */
final class OpenMetadataLog {

    /** Whoever owns the log. */
    interface Events {
        void committed(long offset);

        /** The end, once; not called for what {@link #append} throws. */
        void failed(Exception cause);

        /** After a failure: the last of the tasks that were under way is back. */
        void settled();
    }

    private final PartitionLog log;
    private final Disk disk;
    private final DiskWork work;
    private final Time time;
    private final Events events;
    private final SnapshotShelf shelf;
    private final BatchBuilder batch = new BatchBuilder();

    /** What has been appended during a roll, and not been written yet. */
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();

    private long nextOffset;
    private long committedOffset;
    private long lastTimestampMs;
    private boolean flushing;
    private boolean rolling;
    private boolean snapshotting;
    private boolean checkpointWanted;
    private boolean savingRecoveryPoint;
    private long savedRecoveryPoint;

    /** Something has been written to the active segment, so that it can be rolled. */
    private boolean rollable;

    private int tasksUnderWay;
    private Exception failure;
    private Runnable onClosed;
    private boolean released;

    OpenMetadataLog(MetadataLoad load, Disk disk, DiskWork work, Time time, long snapshotEveryBytes, Events events) {
        this.log = load.log();
        this.disk = disk;
        this.work = work;
        this.time = time;
        this.events = events;
        this.shelf = new SnapshotShelf(load, snapshotEveryBytes);
        this.nextOffset = log.logEndOffset();
        this.committedOffset = load.image().offset();
        this.savedRecoveryPoint = log.recoveryPoint();
        this.lastTimestampMs = load.lastTimestampMs();
    }

    /** Null while the log works. */
    Exception failure() {
        return failure;
    }

    /** Whether, after a failure, all tasks are back, and reading the log again is no lie. */
    boolean canBeReloaded() {
        return failure != null && !(failure instanceof SyncFailed) && tasksUnderWay == 0;
    }

    /** The offset of the next record. */
    long endOffset() {
        return nextOffset;
    }

    /** The last one that was told to be committed, or was so from the beginning. */
    long committedOffset() {
        return committedOffset;
    }

    // ---- append

    long append(List<ApiMessage> records) throws IOException {
        Check.that(failure == null && onClosed == null, "nothing is appended to a log that is not open");
        try {
            appendBatch(records);
        } catch (IOException | Check.BrokenInvariant cause) {
            failure = cause;
            throw cause;
        }
        return nextOffset - 1;
    }

    private void appendBatch(List<ApiMessage> records) throws IOException {
        lastTimestampMs = time.wallMs();
        for (ApiMessage record : records) {
            batch.append(lastTimestampMs, null, RecordFrame.write(record));
        }
        Check.that(
                batch.sizeInBytes() <= Limits.BATCH_BYTES,
                "a batch of metadata can be read again",
                batch.sizeInBytes(),
                Limits.BATCH_BYTES);
        ByteBuffer bytes = batch.build(nextOffset, LocalMetadataLog.LEADER_EPOCH);
        nextOffset += records.size();
        shelf.logGrew(bytes.remaining());
        if (rolling) {
            waiting.add(bytes);
        } else {
            write(bytes);
            flush();
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        AppendResult result = log.appendAsFollower(bytes);
        if (result instanceof AppendResult.SegmentFull) {
            waiting.addFirst(bytes);
            roll();
        } else {
            Check.that(result instanceof AppendResult.Appended, "the log takes the batches that were made for it");
            rollable = true;
        }
    }

    // ---- flush

    private void flush() {
        if (flushing) {
            return;
        }
        boolean checkpoint = checkpointWanted && !rolling;
        FlushTicket ticket = checkpoint ? log.beginCheckpoint() : log.beginFlush();
        checkpointWanted &= !checkpoint;
        if (ticket != null) {
            flushing = true;
            run(true, ticket, this::flushed, this::fail);
        }
    }

    private void flushed(FlushTicket ticket) {
        flushing = false;
        log.flushed(ticket);
        if (failure != null) {
            return;
        }
        saveRecoveryPoint();
        committedOffset = log.flushedOffset() - 1;
        events.committed(committedOffset);
        if (failure == null) {
            flush();
        }
    }

    /** Lets the recovery point follow, below which a damage is not taken for a write that was interrupted. */
    void checkpoint() {
        checkpointWanted = true;
        if (failure == null && onClosed == null) {
            flush();
        }
    }

    /** One at a time. Should it fail, the old one stays, and the next checkpoint tries again. */
    private void saveRecoveryPoint() {
        if (failure != null || savingRecoveryPoint || savedRecoveryPoint == log.recoveryPoint()) {
            return;
        }
        savingRecoveryPoint = true;
        long recoveryPoint = log.recoveryPoint();
        Path file = MetadataLoader.recoveryPointFile(log.directory());
        List<OffsetCheckpoint.Entry> entries = List.of(new OffsetCheckpoint.Entry(
                MetadataLoader.IDENTITY.topic(), MetadataLoader.IDENTITY.partition(), recoveryPoint));
        DiskWork.Task<Boolean> task = () -> {
            OffsetCheckpoint.write(disk, file, entries);
            return true;
        };
        run(
                false,
                task,
                _ -> {
                    savingRecoveryPoint = false;
                    savedRecoveryPoint = recoveryPoint;
                    saveRecoveryPoint();
                },
                _ -> savingRecoveryPoint = false);
    }

    // ---- roll

    private void roll() {
        rolling = true;
        run(false, log.beginRoll(), this::rolled, this::fail);
    }

    private void rolled(RollTicket ticket) {
        log.rolled(ticket);
        rolling = false;
        rollable = false;
        if (failure != null) {
            return;
        }
        try {
            while (!rolling && !waiting.isEmpty()) {
                write(waiting.poll());
            }
        } catch (IOException | Check.BrokenInvariant cause) {
            fail(cause);
            return;
        }
        flush();
        if (snapshotting && !rolling) {
            trim();
        }
    }

    // ---- snapshots

    boolean snapshotDue() {
        return failure == null && onClosed == null && !snapshotting && !rolling && shelf.isDue();
    }

    void snapshot(MetadataImage image) {
        Check.that(image.offset() <= committedOffset(), "what a snapshot holds is committed");
        snapshotting = true;
        shelf.begin();
        SnapshotName name = new SnapshotName(image.offset() + 1, LocalMetadataLog.LEADER_EPOCH);
        Path directory = log.directory();
        long timestampMs = lastTimestampMs;
        DiskWork.Task<Long> task = () -> SnapshotWriter.write(disk, directory, name, image, timestampMs);
        // Should it fail, the log goes on as it is, and the next one is tried when as much has been appended again.
        run(false, task, bytes -> snapshotWritten(name, bytes), _ -> snapshotting = false);
    }

    private void snapshotWritten(SnapshotName name, long bytes) {
        shelf.add(name, bytes);
        if (failure != null || rolling) {
            return;
        }
        if (rollable) {
            roll();
        } else {
            trim();
        }
    }

    private void trim() {
        List<SnapshotName> superseded = shelf.takeSuperseded();
        Path directory = log.directory();
        DiskWork.Task<Boolean> task = () -> {
            for (SnapshotName name : superseded) {
                disk.delete(name.in(directory));
            }
            return true;
        };
        log.advanceLogStart(Math.max(log.logStartOffset(), shelf.logNeededFrom()));
        run(false, task, _ -> retain(), _ -> retain());
    }

    /** Twice: segments are marked at first, and deleted when they have been. */
    private void retain() {
        if (failure != null) {
            return;
        }
        RetentionTicket ticket = log.beginRetention(time.wallMs(), log.flushedOffset());
        if (ticket == null) {
            snapshotting = false;
            checkpoint();
            return;
        }
        run(
                false,
                ticket,
                marked -> {
                    log.retained(marked);
                    retain();
                },
                _ -> snapshotting = false);
    }

    // ---- the end

    /** Stops cleanly; {@code closed} runs when all that was appended is durable, or never will be. */
    void close(Runnable closed) {
        onClosed = closed;
        endIfIdle();
    }

    private void taskIsBack() {
        if (failure != null && tasksUnderWay == 0) {
            events.settled();
        }
        endIfIdle();
    }

    private void endIfIdle() {
        if (onClosed == null || tasksUnderWay > 0) {
            return;
        }
        if (failure != null || released) {
            end();
        } else {
            run(
                    false,
                    log.beginClose(),
                    ticket -> {
                        log.closed(ticket);
                        released = true;
                        saveRecoveryPoint();
                    },
                    this::fail);
        }
    }

    private void end() {
        Runnable closed = onClosed;
        onClosed = null;
        release();
        closed.run();
    }

    /** Lets go of the files; nothing is done with the log any more. */
    void release() {
        if (!released) {
            released = true;
            log.abandon();
        }
    }

    private void fail(Exception cause) {
        boolean first = failure == null;
        if (first || cause instanceof SyncFailed) {
            failure = cause;
        }
        if (first) {
            events.failed(cause);
        }
    }

    // ---- tasks

    /**
     * Hands a task over. Its result is taken in any case, since it may hold files; a failed fsync always ends this life,
     * whatever it was for.
     */
    private <T> void run(boolean flush, DiskWork.Task<T> task, Consumer<T> done, Consumer<Exception> failed) {
        tasksUnderWay++;
        DiskWork.Outcome<T> outcome = new DiskWork.Outcome<>() {
            @Override
            public void done(T result) {
                tasksUnderWay--;
                done.accept(result);
                taskIsBack();
            }

            @Override
            public void failed(Exception cause) {
                tasksUnderWay--;
                if (cause instanceof SyncFailed) {
                    fail(cause);
                } else if (failure == null) {
                    failed.accept(cause);
                }
                taskIsBack();
            }
        };
        if (flush) {
            work.flush(task, outcome);
        } else {
            work.run(task, outcome);
        }
    }
}
