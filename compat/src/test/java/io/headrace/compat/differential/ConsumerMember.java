package io.headrace.compat.differential;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData.TopicPartitions;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/**
 * A member of a consumer group (KIP-848) of both servers at once. What each server told it, its epoch and its partitions of
 * the one topic that the group is about, is kept with the server's {@link Witness}.
 */
record ConsumerMember(String group, String id, String topic) {

    private static final int REBALANCE_TIMEOUT_MS = 300_000;

    /** What is asked and what it is called, of a member in its present epoch. */
    interface Change {
        ConsumerGroupHeartbeatRequestData apply(ConsumerGroupHeartbeatRequestData request, Witness witness);
    }

    void beat(Interview interview, String about, short version, Change change) throws IOException {
        interview.ask(about(about), version, (w, _) -> change.apply(beat(w), w));
        interview.remember(ConsumerGroupHeartbeatResponseData.class, this::note);
    }

    void beat(Interview interview, String about, Change change) throws IOException {
        beat(interview, about, interview.newest(ApiKeys.CONSUMER_GROUP_HEARTBEAT), change);
    }

    String about(String what) {
        return what + " of " + id + " in " + group;
    }

    /** Says nothing but that it is there; epoch 0 if it is not. */
    ConsumerGroupHeartbeatRequestData beat(Witness witness) {
        return new ConsumerGroupHeartbeatRequestData()
                .setGroupId(group)
                .setMemberId(id)
                .setMemberEpoch(epoch(witness));
    }

    /** Says everything. */
    ConsumerGroupHeartbeatRequestData all(ConsumerGroupHeartbeatRequestData request, Witness witness) {
        return request.setRebalanceTimeoutMs(REBALANCE_TIMEOUT_MS)
                .setSubscribedTopicNames(List.of(topic))
                .setTopicPartitions(owned(witness));
    }

    /** Joins with an empty hand, whatever it had before. */
    ConsumerGroupHeartbeatRequestData join(ConsumerGroupHeartbeatRequestData request) {
        return request.setMemberEpoch(0)
                .setRebalanceTimeoutMs(REBALANCE_TIMEOUT_MS)
                .setSubscribedTopicNames(List.of(topic))
                .setTopicPartitions(List.of());
    }

    int epoch(Witness witness) {
        return Math.max(0, (int) witness.noted(epochNote()));
    }

    /** As it was told last. */
    List<TopicPartitions> owned(Witness witness) {
        String partitions = witness.notedText(ownedNote());
        return partitions.isEmpty() ? List.of() : List.of(partitions(witness, partitions));
    }

    TopicPartitions partitions(Witness witness, String numbers) {
        return new TopicPartitions()
                .setTopicId(witness.topicId(topic))
                .setPartitions(
                        Stream.of(numbers.split(",", -1)).map(Integer::valueOf).toList());
    }

    private void note(Witness witness, ConsumerGroupHeartbeatResponseData answer) {
        if (answer.errorCode() != Errors.NONE.code()) {
            return;
        }
        witness.note(epochNote(), Math.max(0, answer.memberEpoch()));
        if (answer.memberEpoch() < 0) {
            witness.noteText(ownedNote(), "");
        } else if (answer.assignment() != null) {
            witness.noteText(
                    ownedNote(),
                    answer.assignment().topicPartitions().stream()
                            .flatMap(one -> one.partitions().stream())
                            .sorted()
                            .map(String::valueOf)
                            .collect(Collectors.joining(",")));
        }
    }

    private String epochNote() {
        return "epoch of " + id + " in " + group;
    }

    private String ownedNote() {
        return "partitions of " + id + " in " + group;
    }
}
