package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetCommitResponseData.OffsetCommitResponsePartition;
import org.apache.kafka.common.message.OffsetCommitResponseData.OffsetCommitResponseTopic;

/** OffsetCommit, versions 2 to 10, with topic ids from version 10 on; with or without a group behind the group id. */
public final class OffsetCommitApi implements Api {

    private final Node node;

    public OffsetCommitApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        OffsetCommitRequestData wanted = (OffsetCommitRequestData) request.body();
        node.groups().respond(request, wanted.groupId(), wanted, error -> refused(wanted, error));
    }

    private static OffsetCommitResponseData refused(OffsetCommitRequestData wanted, ErrorCode error) {
        OffsetCommitResponseData response = new OffsetCommitResponseData();
        for (OffsetCommitRequestTopic topic : wanted.topics()) {
            OffsetCommitResponseTopic answer =
                    new OffsetCommitResponseTopic().setName(topic.name()).setTopicId(topic.topicId());
            for (OffsetCommitRequestPartition partition : topic.partitions()) {
                answer.partitions()
                        .add(new OffsetCommitResponsePartition()
                                .setPartitionIndex(partition.partitionIndex())
                                .setErrorCode(error.code()));
            }
            response.topics().add(answer);
        }
        return response;
    }
}
