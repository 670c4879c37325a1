package io.headrace.broker.coordination;

import io.headrace.coordination.CoordinatorEnv;
import io.headrace.log.LogConfig;
import io.headrace.metadata.MetadataImage;
import io.headrace.ports.Randomness;
import io.headrace.ports.Time;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import io.headrace.wire.RecordBatch;
import java.util.function.Supplier;

/** What the coordinators of one shard share. */
record HostEnv(Shard shard, Time time, Randomness ids, Supplier<MetadataImage> image, CoordinatorNews news) {

    /** What a step that is taken now depends on, by a coordinator that writes to the partition. */
    CoordinatorEnv now(LeaderPartition partition) {
        LogConfig config = partition.config();
        long stepBytes = (long) Math.min(config.maxMessageBytes(), config.segmentBytes()) - RecordBatch.HEADER_BYTES;
        return new CoordinatorEnv(time.monotonicMs(), time.wallMs(), stepBytes, ids, new ImageTopics(image.get()));
    }
}
