package io.headrace.coordination.group.offsets;

import io.headrace.coordination.CoordinatorRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.coordinator.group.generated.OffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.OffsetCommitValue;

/**
 * Where a group stands in a partition.
 *
 * @param leaderEpoch of the last record that was consumed; -1 if the client did not say
 * @param metadata whatever the client keeps with it; never null
 * @param commitMs wall clock
 * @param expireMs wall clock; -1 where the broker's retention decides
 * @param topicId zero if it was committed before records had it
 * @param order in which it was written, among the offsets of this coordinator
 */
record CommittedOffset(
        long offset, int leaderEpoch, String metadata, long commitMs, long expireMs, Uuid topicId, long order) {

    private static final short VERSION_WITH_EXPIRY = 1;

    static CommittedOffset of(OffsetCommitValue value, long order) {
        return new CommittedOffset(
                value.offset(),
                value.leaderEpoch(),
                value.metadata(),
                value.commitTimestamp(),
                value.expireTimestamp(),
                value.topicId(),
                order);
    }

    /** An expiry of its own is known to version 1 alone, which knows neither the leader epoch nor the topic id. */
    CoordinatorRecord toRecord(String groupId, TopicPartition partition) {
        OffsetCommitValue value = new OffsetCommitValue()
                .setOffset(offset)
                .setLeaderEpoch(leaderEpoch)
                .setMetadata(metadata)
                .setCommitTimestamp(commitMs)
                .setExpireTimestamp(expireMs)
                .setTopicId(topicId);
        short version = expireMs == -1 ? OffsetCommitValue.HIGHEST_SUPPORTED_VERSION : VERSION_WITH_EXPIRY;
        return new CoordinatorRecord(key(groupId, partition), value, version);
    }

    static CoordinatorRecord tombstone(String groupId, TopicPartition partition) {
        return CoordinatorRecord.tombstone(key(groupId, partition));
    }

    private static OffsetCommitKey key(String groupId, TopicPartition partition) {
        return new OffsetCommitKey()
                .setGroup(groupId)
                .setTopic(partition.topic())
                .setPartition(partition.partition());
    }
}
