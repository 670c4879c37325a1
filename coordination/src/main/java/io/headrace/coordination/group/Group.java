package io.headrace.coordination.group;

import io.headrace.coordination.StepDraft;
import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.Uuid;

/** What offsets, listings and deletions need to know of a group, whatever its protocol. */
public interface Group {

    String groupId();

    GroupType type();

    /** As ListGroups and the descriptions show it: {@code Stable}, {@code Empty}. */
    String state();

    /** What the members use the group for ({@code consumer}); empty if nobody has said. */
    String protocolType();

    /** Without members. */
    boolean isEmpty();

    /** NONE if the offsets may be committed in that name; {@link #validatePartition} still has its say. */
    ErrorCode validateCommit(Committer committer);

    /** What {@link #validateCommit} could not judge without the partition. An error fails the whole request. */
    ErrorCode validatePartition(Committer committer, Uuid topicId, String topic, int partition);

    /** An accepted commit outside of a transaction, which may be taken for a sign of life. */
    default void committed(Committer committer, StepDraft draft) {}

    /**
     * @param memberId null where the request names no member
     * @param memberEpoch negative where the request names no member
     */
    ErrorCode validateFetch(String memberId, int memberEpoch);

    /** Before the deletion of offsets; offsets of topics that the group is subscribed to are kept anyway. */
    ErrorCode validateOffsetDeletion();

    /** NONE, or why the group cannot be deleted. */
    ErrorCode validateDeletion();

    boolean isSubscribedTo(String topic);

    OffsetExpiry offsetExpiry();

    /** Writes the tombstones of everything that the partition holds of the group but its offsets, and takes back its timers. */
    void delete(StepDraft draft);
}
