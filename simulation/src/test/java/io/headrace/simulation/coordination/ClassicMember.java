package io.headrace.simulation.coordination;

import io.headrace.wire.ErrorCode;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.JoinGroupResponseData.JoinGroupResponseMember;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.utils.Utils;

/** A client of the classic protocol, which as a leader gives everybody the same. */
final class ClassicMember {

    final String group;
    String memberId = "";
    int generation = -1;
    private List<String> followers = List.of();

    ClassicMember(String group) {
        this.group = group;
    }

    JoinGroupRequestData join() {
        JoinGroupRequestData request = new JoinGroupRequestData()
                .setGroupId(group)
                .setMemberId(memberId)
                .setProtocolType("consumer")
                .setSessionTimeoutMs(10_000)
                .setRebalanceTimeoutMs(10_000);
        request.protocols()
                .add(new JoinGroupRequestProtocol()
                        .setName("range")
                        .setMetadata(bytes(ConsumerProtocol.serializeSubscription(new Subscription(List.of("t"))))));
        return request;
    }

    void joined(ApiMessage response) {
        JoinGroupResponseData join = (JoinGroupResponseData) response;
        boolean in = join.errorCode() == ErrorCode.NONE.code();
        memberId = in ? join.memberId() : "";
        generation = in ? join.generationId() : -1;
        followers =
                join.members().stream().map(JoinGroupResponseMember::memberId).toList();
    }

    SyncGroupRequestData sync() {
        byte[] assignment =
                bytes(ConsumerProtocol.serializeAssignment(new Assignment(List.of(new TopicPartition("t", 0)))));
        return new SyncGroupRequestData()
                .setGroupId(group)
                .setMemberId(memberId)
                .setGenerationId(generation)
                .setAssignments(followers.stream()
                        .map(follower -> new SyncGroupRequestAssignment()
                                .setMemberId(follower)
                                .setAssignment(assignment))
                        .toList());
    }

    void synced(ApiMessage response) {
        short error = ((SyncGroupResponseData) response).errorCode();
        if (error == ErrorCode.UNKNOWN_MEMBER_ID.code()) {
            memberId = "";
        }
    }

    LeaveGroupRequestData leave() {
        LeaveGroupRequestData request =
                new LeaveGroupRequestData().setGroupId(group).setMemberId(memberId);
        memberId = "";
        generation = -1;
        return request;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        return Utils.toArray(buffer);
    }
}
