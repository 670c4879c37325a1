package io.headrace.simulation.coordination;

import java.util.List;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData.TopicPartitions;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.protocol.ApiMessage;

/** A client of the consumer protocol, which owns what it was told to. */
final class ConsumerMember {

    final String group;
    final String memberId;
    int epoch;
    private List<TopicPartitions> owned = List.of();

    ConsumerMember(String group, String memberId) {
        this.group = group;
        this.memberId = memberId;
    }

    ConsumerGroupHeartbeatRequestData beat() {
        ConsumerGroupHeartbeatRequestData request = new ConsumerGroupHeartbeatRequestData()
                .setGroupId(group)
                .setMemberId(memberId)
                .setMemberEpoch(epoch)
                .setTopicPartitions(owned);
        return epoch > 0
                ? request
                : request.setRebalanceTimeoutMs(60_000)
                        .setSubscribedTopicNames(List.of("t", "u"))
                        .setTopicPartitions(List.of());
    }

    ConsumerGroupHeartbeatRequestData leave() {
        return new ConsumerGroupHeartbeatRequestData()
                .setGroupId(group)
                .setMemberId(memberId)
                .setMemberEpoch(-1);
    }

    /** Whoever is refused, or has left, begins again. */
    void told(ApiMessage response) {
        ConsumerGroupHeartbeatResponseData beat = (ConsumerGroupHeartbeatResponseData) response;
        epoch = beat.errorCode() == 0 ? Math.max(0, beat.memberEpoch()) : 0;
        if (epoch == 0) {
            owned = List.of();
        } else if (beat.assignment() != null) {
            owned = beat.assignment().topicPartitions().stream()
                    .map(topic ->
                            new TopicPartitions().setTopicId(topic.topicId()).setPartitions(topic.partitions()))
                    .toList();
        }
    }
}
