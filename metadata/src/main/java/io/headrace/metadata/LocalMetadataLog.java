package io.headrace.metadata;

import io.headrace.log.SyncFailed;
import io.headrace.ports.Check;
import io.headrace.ports.Disk;
import io.headrace.ports.DiskWork;
import io.headrace.ports.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * The metadata log of a single node: Kafka's metadata records in batches of a partition's log, {@code
 * __cluster_metadata-0}, with snapshots beside it. A record is committed when it is flushed. Belongs to shard 0.
 *
 * <pre>
 * open --write failed--> lost --recover--> reloading --loaded--> open
 *   |                     ^                    |
 *   |                     '------ failed ------'
 *   '--fsync failed--> offline, for good: nothing that was buffered can be trusted again
 * </pre>
 */
public final class LocalMetadataLog implements MetadataLog {

    /** Nobody is ever elected here, so it is always the first one. */
    public static final int LEADER_EPOCH = 1;

    private final Disk disk;
    private final Path logDirectory;
    private final DiskWork work;
    private final Time time;
    private final long snapshotEveryBytes;
    private final String clusterId;
    private OpenMetadataLog open;
    private Listener listener;
    private boolean reloading;
    private boolean offline;
    private boolean closing;
    private Runnable onClosed;

    /** @param load what {@link #loading} found in the directory */
    public LocalMetadataLog(MetadataLoad load, Disk disk, Path logDirectory, DiskWork work, Time time) {
        this(load, disk, logDirectory, work, time, Limits.SNAPSHOT_EVERY_BYTES);
    }

    /** @param snapshotEveryBytes bytes that the log grows by at least from one snapshot to the next */
    public LocalMetadataLog(
            MetadataLoad load, Disk disk, Path logDirectory, DiskWork work, Time time, long snapshotEveryBytes) {
        this.disk = disk;
        this.logDirectory = logDirectory;
        this.work = work;
        this.time = time;
        this.snapshotEveryBytes = snapshotEveryBytes;
        this.clusterId = load.image().clusterId();
        this.open = open(load);
    }

    /** Reads the metadata of a log directory, or makes an empty log in it; to be run on a disk thread before all else. */
    public static DiskWork.Task<MetadataLoad> loading(Disk disk, Path logDirectory, String clusterId, Time time) {
        return MetadataLoader.atStart(disk, logDirectory, clusterId, time);
    }

    @Override
    public void listen(Listener to) {
        listener = to;
    }

    @Override
    public long endOffset() {
        return open.endOffset();
    }

    @Override
    public long append(List<ApiMessage> records) throws IOException {
        Check.that(open.failure() == null, "nothing is appended after a failure");
        return open.append(records);
    }

    @Override
    public boolean snapshotDue() {
        return open.snapshotDue();
    }

    @Override
    public void snapshot(MetadataImage image) {
        open.snapshot(image);
    }

    /** To be called now and then: what lies before the last call is not searched for interrupted writes at a start. */
    public void checkpoint() {
        open.checkpoint();
    }

    /** Stops cleanly; {@code closed} runs when all that was appended is durable, or never will be. */
    public void close(Runnable closed) {
        closing = true;
        onClosed = closed;
        if (!reloading) {
            open.close(closed);
        }
    }

    @Override
    public void recover() {
        if (offline || closing || reloading || !open.canBeReloaded()) {
            return;
        }
        reloading = true;
        open.release();
        long next = open.committedOffset() + 1;
        work.run(MetadataLoader.again(disk, logDirectory, clusterId, time, next), new DiskWork.Outcome<>() {
            @Override
            public void done(MetadataLoad load) {
                reloading = false;
                if (load.image().offset() < next - 1) {
                    load.log().abandon();
                    endForGood(new IOException("the metadata log has lost what was committed: it ends at offset "
                            + load.image().offset() + ", and " + (next - 1) + " had been committed"));
                    return;
                }
                open = open(load);
                if (closing) {
                    open.close(onClosed);
                } else {
                    listener.recovered(load.image(), load.since());
                }
            }

            @Override
            public void failed(Exception cause) {
                reloading = false;
                offline = cause instanceof SyncFailed;
                if (closing) {
                    open.close(onClosed);
                }
            }
        });
    }

    private void endForGood(IOException cause) {
        offline = true;
        if (closing) {
            open.close(onClosed);
        } else {
            listener.failed(cause);
        }
    }

    private OpenMetadataLog open(MetadataLoad load) {
        return new OpenMetadataLog(load, disk, work, time, snapshotEveryBytes, new OpenMetadataLog.Events() {
            @Override
            public void committed(long offset) {
                listener.committed(offset);
            }

            @Override
            public void failed(Exception cause) {
                listener.failed(cause);
            }

            @Override
            public void settled() {
                recover();
            }
        });
    }
}
