package io.headrace.replication;

import io.headrace.log.CompactionMemory;
import io.headrace.log.CompactionPass;
import io.headrace.log.CompactionPass.Progress;
import io.headrace.log.DamagedLog;
import io.headrace.log.PartitionLog;
import io.headrace.log.SegmentReplacement;
import io.headrace.log.SyncFailed;
import io.headrace.ports.DiskWork;
import java.util.function.Consumer;

/**
 * The compaction of an open log, one step each time that somebody asks. Files are exchanged when no read is under way that began
 * before; appends and reads go on meanwhile. Run by the partition's thread.
 */
final class LeaderCompaction {

    /** Hears what concerns more than the compaction. */
    interface Listener {

        /** The log itself, or its directory, cannot be trusted any more. */
        void failed(Exception cause);

        /** The log is as it was, and the pass is over. */
        void givenUp(Exception cause);

        /** A step has come back. */
        void idle();
    }

    private final PartitionLog log;
    private final DiskWork work;
    private final ReadsUnderWay reads;
    private final Listener listener;
    private CompactionPass pass;
    private boolean busy;
    private boolean stopped;

    LeaderCompaction(PartitionLog log, DiskWork work, ReadsUnderWay reads, Listener listener) {
        this.log = log;
        this.work = work;
        this.reads = reads;
        this.listener = listener;
    }

    /** A step is under way. */
    boolean busy() {
        return busy;
    }

    /** No step is begun any more. */
    void stop() {
        stopped = true;
    }

    /** Deletes what a pass has written that was stopped half-way; to be done before the log is closed. */
    void tidy() {
        if (busy || pass == null) {
            return;
        }
        busy = true;
        run(pass.leftovers(), _ -> end(CompactionStep.NOT_NOW, _ -> {}), _ -> {});
    }

    /** @param upToOffset where a pass that begins now is to end at the latest */
    void step(long upToOffset, long highWatermark, CompactionMemory memory, Consumer<CompactionStep> done) {
        if (stopped || busy) {
            done.accept(CompactionStep.NOT_NOW);
            return;
        }
        if (pass == null) {
            pass = log.beginCompaction(upToOffset, highWatermark, memory);
        }
        if (pass == null) {
            done.accept(new CompactionStep(CompactionStep.State.FINISHED, 0));
            return;
        }
        busy = true;
        run(pass, progress -> took(progress, done), done);
    }

    private void took(Progress progress, Consumer<CompactionStep> done) {
        switch (progress) {
            case Progress.Worked(long bytes) -> goOn(bytes, done);
            case Progress.Ready(SegmentReplacement replacement, long bytes) -> {
                if (stopped) {
                    busy = false;
                    done.accept(CompactionStep.NOT_NOW);
                    listener.idle();
                } else if (!log.beginReplacement(replacement)) {
                    end(CompactionStep.NOT_NOW, done);
                } else {
                    reads.whenBack(() -> replace(replacement, bytes, done));
                }
            }
            case Progress.Finished() -> {
                log.compacted(pass);
                end(new CompactionStep(CompactionStep.State.FINISHED, 0), done);
            }
            case Progress.Overtaken() -> end(CompactionStep.NOT_NOW, done);
        }
    }

    private void replace(SegmentReplacement replacement, long bytes, Consumer<CompactionStep> done) {
        work.run(replacement, new DiskWork.Outcome<>() {
            @Override
            public void done(SegmentReplacement replaced) {
                log.replaced(replaced);
                goOn(bytes, done);
            }

            @Override
            public void failed(Exception cause) {
                // Some of the files may have changed their names, which only reading the log again can tell.
                end(CompactionStep.NOT_NOW, done);
                listener.failed(cause);
            }
        });
    }

    private <T> void run(DiskWork.Task<T> task, Consumer<T> outcome, Consumer<CompactionStep> done) {
        work.run(task, new DiskWork.Outcome<>() {
            @Override
            public void done(T result) {
                outcome.accept(result);
            }

            @Override
            public void failed(Exception cause) {
                end(CompactionStep.NOT_NOW, done);
                if (cause instanceof DamagedLog || cause instanceof SyncFailed) {
                    listener.failed(cause);
                } else {
                    listener.givenUp(cause);
                }
            }
        });
    }

    private void goOn(long bytes, Consumer<CompactionStep> done) {
        busy = false;
        done.accept(new CompactionStep(CompactionStep.State.GOING_ON, bytes));
        listener.idle();
    }

    private void end(CompactionStep last, Consumer<CompactionStep> done) {
        busy = false;
        pass = null;
        done.accept(last);
        listener.idle();
    }
}
