package io.headrace.coordination.group.offsets;

import org.apache.kafka.coordinator.group.generated.LegacyOffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.LegacyOffsetCommitValue;
import org.apache.kafka.coordinator.group.generated.OffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.OffsetCommitValue;

/** Offsets as Kafka wrote them before 0.9, in terms of what it writes now. */
public final class LegacyOffsets {

    private LegacyOffsets() {}

    public static OffsetCommitKey key(LegacyOffsetCommitKey key) {
        return new OffsetCommitKey().setGroup(key.group()).setTopic(key.topic()).setPartition(key.partition());
    }

    /** Null of a tombstone. */
    public static OffsetCommitValue value(LegacyOffsetCommitValue value) {
        return value == null
                ? null
                : new OffsetCommitValue()
                        .setOffset(value.offset())
                        .setMetadata(value.metadata())
                        .setCommitTimestamp(value.commitTimestamp());
    }
}
