package io.headrace.broker;

import io.headrace.metadata.MetadataImage;
import io.headrace.ports.Time;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The logs that nobody has opened since the start and that are due to be compacted. What is in them does not change, so they are
 * looked for soon after the start and then as often as retention looks, and opened one at a time, when all that are open have
 * been compacted. Belongs to shard 0.
 */
final class UnopenedLogs {

    private final Node node;
    private final Shard home;
    private final PartitionFactory factory;
    private final Time time;
    private final Deque<PartitionRef> due = new ArrayDeque<>();

    UnopenedLogs(Node node, Shard home, PartitionFactory factory, Time time) {
        this.node = node;
        this.home = home;
        this.factory = factory;
        this.time = time;
    }

    void searchAfter(long ms) {
        home.schedule(ms, this::search);
    }

    private void search() {
        MetadataImage image = node.image();
        node.logDirs()
                .dueForCompaction(
                        home,
                        image,
                        topic -> factory.logConfig(topic, image),
                        time.wallMs(),
                        found -> {
                            due.clear();
                            due.addAll(found);
                        },
                        cause -> BrokerLog.warn("the log directory could not be read", cause));
        searchAfter(node.config().logRetentionCheckIntervalMs());
    }

    /**
     * Opens one of them, if there is one; false if not.
     *
     * @param opened runs when it has been opened, or cannot be
     */
    boolean openOne(Runnable opened) {
        PartitionRef ref = due.poll();
        if (ref == null) {
            return false;
        }
        node.partitions().shardOf(ref).post(() -> open(ref, () -> home.post(opened)));
        return true;
    }

    private void open(PartitionRef ref, Runnable opened) {
        LeaderPartition partition = node.partitions().find(ref);
        if (partition == null || partition.openLog() != null) {
            opened.run();
            return;
        }
        partition.query(
                (_, _) -> {
                    // The active segment is rolled if it holds what should have been compacted by now.
                    partition.enforceRetention();
                    opened.run();
                },
                _ -> opened.run());
    }
}
