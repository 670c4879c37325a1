package io.headrace.broker.transaction;

import io.headrace.broker.OwnAppend;
import io.headrace.broker.PartitionRef;
import io.headrace.broker.Partitions;
import io.headrace.broker.coordination.Coordinators;
import io.headrace.coordination.group.GroupEvent;
import io.headrace.coordination.transaction.TransactionTask;
import io.headrace.log.AppendOrigin;
import io.headrace.log.AppendResult;
import io.headrace.log.TransactionMarker;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicImage;
import io.headrace.metadata.TopicNames;
import io.headrace.ports.Time;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import io.headrace.wire.ErrorCode;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Takes markers to the partitions of a transaction, each on its own shard, at once. One that could not be written is tried
 * again until it is there or the partition is gone. The group coordinator of a partition of {@code __consumer_offsets}
 * hears of its markers, since the offsets of the transaction count from then on, or never.
 */
public final class MarkerWriter {

    private final Partitions partitions;
    private final Supplier<MetadataImage> image;
    private final Coordinators<GroupEvent> groups;
    private final Time time;

    public MarkerWriter(
            Partitions partitions, Supplier<MetadataImage> image, Coordinators<GroupEvent> groups, Time time) {
        this.partitions = partitions;
        this.image = image;
        this.groups = groups;
        this.time = time;
    }

    /** @param whenAll told on the shard that asks once every partition has its marker */
    void write(TransactionTask.WriteMarkers task, int coordinatorEpoch, Shard home, Runnable whenAll) {
        TransactionMarker marker =
                new TransactionMarker(task.producerId(), task.epoch(), coordinatorEpoch, task.commit());
        new Round(marker, task.version(), home, whenAll).start(task);
    }

    /**
     * Writes one marker to one partition, once, from any shard.
     *
     * @param told on the partition's shard: NONE once the marker is durable
     */
    public void write(PartitionRef ref, TransactionMarker marker, int version, Consumer<ErrorCode> told) {
        partitions.shardOf(ref).post(() -> {
            LeaderPartition partition = partitions.find(ref);
            if (partition == null) {
                told.accept(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
                return;
            }
            AppendOrigin origin = new AppendOrigin.Marker(version);
            partition.append(new OwnAppend(marker.batch(time.wallMs()), origin, result -> {
                ErrorCode error = result instanceof AppendResult.Rejected rejected ? rejected.error() : ErrorCode.NONE;
                if (error == ErrorCode.NONE && isOfGroups(ref)) {
                    groups.informHere(
                            ref, new GroupEvent.TransactionEnded(marker.producerId(), marker.epoch(), marker.commit()));
                }
                told.accept(error);
            }));
        });
    }

    private boolean isOfGroups(PartitionRef ref) {
        TopicImage offsets = image.get().topic(TopicNames.CONSUMER_OFFSETS);
        return offsets != null && offsets.id().equals(ref.topicId());
    }

    /** The markers of one transaction. Owned by the shard of its coordinator. */
    private final class Round {
        private final TransactionMarker marker;
        private final int version;
        private final Shard home;
        private final Runnable whenAll;
        private int outstanding = 1;

        Round(TransactionMarker marker, int version, Shard home, Runnable whenAll) {
            this.marker = marker;
            this.version = version;
            this.home = home;
            this.whenAll = whenAll;
        }

        void start(TransactionTask.WriteMarkers task) {
            for (TopicPartition partition : task.partitions()) {
                outstanding++;
                writeOne(partition);
            }
            countDown();
        }

        private void writeOne(TopicPartition partition) {
            TopicImage topic = image.get().topic(partition.topic());
            if (topic == null || topic.partition(partition.partition()) == null) {
                countDown();
                return;
            }
            PartitionRef ref = new PartitionRef(topic.id(), partition.partition());
            write(ref, marker, version, error -> home.post(() -> told(partition, error)));
        }

        private void told(TopicPartition partition, ErrorCode error) {
            switch (error) {
                // A marker that has been overtaken by a later epoch has nothing to end.
                case NONE, INVALID_PRODUCER_EPOCH, TRANSACTION_COORDINATOR_FENCED -> countDown();
                default -> home.schedule(Limits.MARKER_RETRY_MS, () -> writeOne(partition));
            }
        }

        private void countDown() {
            if (--outstanding == 0) {
                whenAll.run();
            }
        }
    }
}
