package io.headrace.coordination.group;

import io.headrace.coordination.TestTopics;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData.TopicPartitions;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocolCollection;
import org.apache.kafka.common.utils.Utils;

/** What a client of a consumer group knows, whichever protocol it speaks. Partitions are called "topic-number". */
final class TestConsumer {

    final String name;
    String memberId;
    int epoch;
    String instanceId;
    String rackId;
    List<String> topics = List.of();
    String regex;
    String assignor;
    int rebalanceTimeoutMs = 60_000;
    boolean cooperative = true;

    /** What it was told to have; null if nothing has been said yet. */
    NavigableSet<String> assigned;

    NavigableSet<String> owned = new TreeSet<>();
    private int lives;

    TestConsumer(String name) {
        this.name = name;
        this.memberId = name;
    }

    /** A new process of the same client. */
    void restart() {
        lives++;
        memberId = name + lives;
        epoch = 0;
        assigned = null;
        owned.clear();
    }

    ConsumerGroupHeartbeatRequestData leave(int leaveEpoch) {
        return new ConsumerGroupHeartbeatRequestData()
                .setGroupId("g")
                .setMemberId(memberId)
                .setMemberEpoch(leaveEpoch)
                .setInstanceId(instanceId);
    }

    /** Says everything. */
    ConsumerGroupHeartbeatRequestData full(TestTopics known) {
        return beat().setRackId(rackId)
                .setRebalanceTimeoutMs(rebalanceTimeoutMs)
                .setSubscribedTopicNames(topics)
                .setSubscribedTopicRegex(regex)
                .setServerAssignor(assignor)
                .setTopicPartitions(owned(known));
    }

    /** Says nothing but that it is there. */
    ConsumerGroupHeartbeatRequestData beat() {
        return new ConsumerGroupHeartbeatRequestData()
                .setGroupId("g")
                .setMemberId(memberId)
                .setMemberEpoch(epoch)
                .setInstanceId(instanceId);
    }

    List<TopicPartitions> owned(TestTopics known) {
        Map<String, List<Integer>> byTopic = byTopic();
        return byTopic.entrySet().stream()
                .filter(topic -> known.view().topic(topic.getKey()) != null)
                .map(topic -> new TopicPartitions()
                        .setTopicId(known.view().topic(topic.getKey()).id())
                        .setPartitions(topic.getValue()))
                .toList();
    }

    private Map<String, List<Integer>> byTopic() {
        return owned.stream()
                .collect(Collectors.groupingBy(
                        partition -> partition.substring(0, partition.lastIndexOf('-')),
                        TreeMap::new,
                        Collectors.mapping(
                                partition -> Integer.parseInt(partition.substring(partition.lastIndexOf('-') + 1)),
                                Collectors.toList())));
    }

    /** In the classic protocol. Who is not cooperative gives up everything before it joins. */
    JoinGroupRequestData join() {
        List<TopicPartition> owns = cooperative
                ? owned.stream()
                        .map(partition -> partition.split("-", -1))
                        .map(parts -> new TopicPartition(parts[0], Integer.parseInt(parts[1])))
                        .toList()
                : List.of();
        byte[] subscription =
                Utils.toArray(ConsumerProtocol.serializeSubscription(new Subscription(topics, null, owns)));
        JoinGroupRequestProtocolCollection protocols = new JoinGroupRequestProtocolCollection();
        protocols.add(new JoinGroupRequestProtocol().setName("range").setMetadata(subscription));
        return new JoinGroupRequestData()
                .setGroupId("g")
                .setMemberId(memberId)
                .setGroupInstanceId(instanceId)
                .setProtocolType("consumer")
                .setProtocols(protocols)
                .setSessionTimeoutMs(10_000)
                .setRebalanceTimeoutMs(rebalanceTimeoutMs);
    }

    /** What a classic assignment says. */
    static NavigableSet<String> partitions(byte[] assignment) {
        TreeSet<String> partitions = new TreeSet<>();
        ConsumerProtocol.deserializeAssignment(ByteBuffer.wrap(assignment))
                .partitions()
                .forEach(partition -> partitions.add(partition.topic() + "-" + partition.partition()));
        return partitions;
    }

    static List<String> words(String text) {
        return Arrays.stream(text.trim().split(" +", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
