package io.headrace.coordination.group.offsets;

import io.headrace.coordination.StepDraft;
import org.apache.kafka.common.TopicPartition;

/** Tombstones of offsets, as many as fit into one step. */
final class Tombstones {

    /** Of one tombstone beside its names: the record's frame, its lengths and the partition. */
    private static final int FRAME_BYTES = 32;

    private final StepDraft draft;
    private int bytesLeft;

    Tombstones(StepDraft draft, int bytesLeft) {
        this.draft = draft;
        this.bytesLeft = bytesLeft;
    }

    void write(String groupId, TopicPartition partition) {
        draft.write(CommittedOffset.tombstone(groupId, partition));
        bytesLeft -= FRAME_BYTES + groupId.length() + partition.topic().length();
    }

    boolean isFull() {
        return bytesLeft <= 0;
    }

    StepDraft draft() {
        return draft;
    }
}
