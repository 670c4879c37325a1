package io.headrace.coordination.group.offsets;

import io.headrace.wire.ErrorCode;
import java.util.List;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartition;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseTopic;

/** OffsetFetch before it knew of several groups (KIP-709), in terms of what it is now. */
public final class OffsetFetchVersions {

    private static final short BATCH_VERSION = 8;
    private static final short GROUP_ERROR_VERSION = 2;
    private static final int NONE = -1;

    private OffsetFetchVersions() {}

    static List<OffsetFetchRequestGroup> groups(OffsetFetchRequestData request, short version) {
        if (version >= BATCH_VERSION) {
            return request.groups();
        }
        return List.of(new OffsetFetchRequestGroup()
                .setGroupId(request.groupId())
                .setMemberId(null)
                .setMemberEpoch(NONE)
                .setTopics(
                        request.topics() == null
                                ? null
                                : request.topics().stream()
                                        .map(topic -> new OffsetFetchRequestTopics()
                                                .setName(topic.name())
                                                .setPartitionIndexes(topic.partitionIndexes()))
                                        .toList()));
    }

    static OffsetFetchResponseData response(
            List<OffsetFetchResponseGroup> groups, OffsetFetchRequestData request, short version) {
        if (version >= BATCH_VERSION) {
            return new OffsetFetchResponseData().setGroups(groups);
        }
        OffsetFetchResponseGroup group = groups.getFirst();
        if (group.errorCode() != ErrorCode.NONE.code()) {
            return refusalOfOneGroup(request, ErrorCode.forCode(group.errorCode()), version);
        }
        return new OffsetFetchResponseData()
                .setErrorCode(group.errorCode())
                .setTopics(group.topics().stream()
                        .map(topic -> new OffsetFetchResponseTopic()
                                .setName(topic.name())
                                .setPartitions(topic.partitions().stream()
                                        .map(partition -> new OffsetFetchResponsePartition()
                                                .setPartitionIndex(partition.partitionIndex())
                                                .setErrorCode(partition.errorCode())
                                                .setCommittedOffset(partition.committedOffset())
                                                .setCommittedLeaderEpoch(partition.committedLeaderEpoch())
                                                .setMetadata(partition.metadata()))
                                        .toList()))
                        .toList());
    }

    /** The response of a version that knows one group, whose first had no error of the whole. */
    public static OffsetFetchResponseData refusalOfOneGroup(
            OffsetFetchRequestData request, ErrorCode error, short version) {
        if (version >= GROUP_ERROR_VERSION) {
            return new OffsetFetchResponseData().setErrorCode(error.code());
        }
        return new OffsetFetchResponseData()
                .setTopics(request.topics().stream()
                        .map(topic -> new OffsetFetchResponseTopic()
                                .setName(topic.name())
                                .setPartitions(topic.partitionIndexes().stream()
                                        .map(index -> new OffsetFetchResponsePartition()
                                                .setPartitionIndex(index)
                                                .setErrorCode(error.code())
                                                .setCommittedOffset(NONE)
                                                .setCommittedLeaderEpoch(NONE)
                                                .setMetadata(""))
                                        .toList()))
                        .toList());
    }
}
