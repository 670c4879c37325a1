package io.headrace.broker;

import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * After an unclean stop opens every log that has files, a few at a time, so that each is made whole even if nobody asks for
 * it. Requests do not wait for it: a log that they need is opened for them out of turn. Belongs to shard 0.
 */
final class Recovery {

    private final Node node;
    private final Shard home;
    private final Deque<PartitionRef> left = new ArrayDeque<>();
    private int underWay;
    private int failed;
    private volatile boolean complete;

    Recovery(Node node, Shard home) {
        this.node = node;
        this.home = home;
    }

    /** Every log has been opened without damage; only then does a clean stop leave nothing to be recovered. */
    boolean complete() {
        return complete;
    }

    void start(boolean cleanlyStopped) {
        if (cleanlyStopped) {
            complete = true;
            return;
        }
        node.logDirs()
                .usage(
                        home,
                        node.image(),
                        usage -> {
                            left.addAll(usage.partitionBytes().keySet());
                            goOn();
                        },
                        cause -> BrokerLog.error("the log directory could not be read", cause));
    }

    private void goOn() {
        while (underWay < Limits.RECOVERIES_AT_A_TIME && !left.isEmpty()) {
            underWay++;
            PartitionRef ref = left.poll();
            node.partitions().shardOf(ref).post(() -> open(ref));
        }
        complete = underWay == 0 && left.isEmpty() && failed == 0;
    }

    private void open(PartitionRef ref) {
        LeaderPartition partition = node.partitions().find(ref);
        if (partition == null) {
            home.post(() -> opened(true));
        } else {
            partition.query((_, _) -> home.post(() -> opened(true)), _ -> home.post(() -> opened(false)));
        }
    }

    private void opened(boolean whole) {
        underWay--;
        if (!whole) {
            failed++;
        }
        goOn();
    }
}
