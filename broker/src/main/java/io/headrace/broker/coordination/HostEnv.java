package io.headrace.broker.coordination;

import io.headrace.coordination.CoordinatorEnv;
import io.headrace.metadata.MetadataImage;
import io.headrace.ports.Randomness;
import io.headrace.ports.Time;
import io.headrace.runtime.Shard;
import java.util.function.Supplier;

/** What the coordinators of one shard share. */
record HostEnv(Shard shard, Time time, Randomness ids, Supplier<MetadataImage> image, CoordinatorNews news) {

    /** What a step that is taken now depends on. */
    CoordinatorEnv now() {
        return new CoordinatorEnv(time.monotonicMs(), time.wallMs(), ids, new ImageTopics(image.get()));
    }
}
