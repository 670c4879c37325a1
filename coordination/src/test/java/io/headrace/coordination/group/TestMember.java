package io.headrace.coordination.group;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocolCollection;

/** What a client knows of its membership. */
final class TestMember {

    final String name;
    String memberId = "";
    int generation = -1;
    String instanceId;
    List<String> protocols = List.of("range");
    List<String> topics = List.of("t");
    String protocolType = "consumer";

    /** Instead of a subscription to the topics, if not null. */
    byte[] metadata;

    int sessionTimeoutMs = 10_000;
    int rebalanceTimeoutMs = 60_000;

    TestMember(String name) {
        this.name = name;
    }

    void forget() {
        memberId = "";
        generation = -1;
    }

    JoinGroupRequestData joinRequest(String groupId) {
        JoinGroupRequestProtocolCollection known = new JoinGroupRequestProtocolCollection();
        protocols.forEach(protocol ->
                known.add(new JoinGroupRequestProtocol().setName(protocol).setMetadata(subscription())));
        return new JoinGroupRequestData()
                .setGroupId(groupId)
                .setMemberId(memberId)
                .setGroupInstanceId(instanceId)
                .setProtocolType(protocolType)
                .setProtocols(known)
                .setSessionTimeoutMs(sessionTimeoutMs)
                .setRebalanceTimeoutMs(rebalanceTimeoutMs);
    }

    private byte[] subscription() {
        if (metadata != null) {
            return metadata;
        }
        ByteBuffer buffer = ConsumerProtocol.serializeSubscription(new Subscription(topics));
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
