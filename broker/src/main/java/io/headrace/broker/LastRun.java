package io.headrace.broker;

import io.headrace.log.LoadPoint;
import io.headrace.log.OffsetCheckpoint;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the last run left on record about the logs, by the ids of the topics that exist at the start: a topic that is made
 * later under an old name has nothing on record. Read-only, on any thread.
 */
final class LastRun {

    private final boolean clean;
    private final Map<PartitionRef, Long> recoveryPoints;
    private final Map<PartitionRef, Long> logStartOffsets;
    private final Map<PartitionRef, Long> cleanedOffsets;

    private LastRun(
            boolean clean,
            Map<PartitionRef, Long> recoveryPoints,
            Map<PartitionRef, Long> logStartOffsets,
            Map<PartitionRef, Long> cleanedOffsets) {
        this.clean = clean;
        this.recoveryPoints = recoveryPoints;
        this.logStartOffsets = logStartOffsets;
        this.cleanedOffsets = cleanedOffsets;
    }

    static LastRun of(DataDirectory directory, MetadataImage atStart) {
        return new LastRun(
                directory.cleanlyStopped(),
                byRef(directory.recoveryPoints(), atStart),
                byRef(directory.logStartOffsets(), atStart),
                byRef(directory.cleanedOffsets(), atStart));
    }

    private static Map<PartitionRef, Long> byRef(List<OffsetCheckpoint.Entry> entries, MetadataImage image) {
        Map<PartitionRef, Long> offsets = new HashMap<>();
        for (OffsetCheckpoint.Entry entry : entries) {
            TopicImage topic = image.topic(entry.topic());
            if (topic != null) {
                offsets.put(new PartitionRef(topic.id(), entry.partition()), entry.offset());
            }
        }
        return offsets;
    }

    LoadPoint loadPointOf(PartitionRef ref) {
        return new LoadPoint(recoveryPoints.getOrDefault(ref, 0L), logStartOffsets.getOrDefault(ref, 0L), clean)
                .cleaned(cleanedOffsets.getOrDefault(ref, LoadPoint.NEVER_CLEANED));
    }
}
