package io.headrace.coordination.group.consumer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupCurrentMemberAssignmentValue;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupCurrentMemberAssignmentValue.TopicPartitions;

/**
 * Where a member is on its way to its target, as its ConsumerGroupCurrentMemberAssignment record says it.
 *
 * @param epoch of the member: that of the target which it has reached or is waiting in, {@link #JOINING} before the first,
 *     {@link #LEFT_FOR_NOW} of a static member that is away, {@link #LEFT} of one that is being removed
 * @param previousEpoch the epoch before; a heartbeat that carries it may be the repetition of one whose answer was lost
 * @param assigned what the member may use, each with the epoch in which it was given
 * @param revoking what it was told to revoke and may still be using, likewise
 */
public record CurrentAssignment(
        int epoch,
        int previousEpoch,
        MemberState state,
        NavigableMap<TopicIdPartition, Integer> assigned,
        NavigableMap<TopicIdPartition, Integer> revoking) {

    public static final int JOINING = 0;
    public static final int LEFT = -1;
    public static final int LEFT_FOR_NOW = -2;

    static final NavigableMap<TopicIdPartition, Integer> NONE = Collections.emptyNavigableMap();

    /** Of a member that has just joined. */
    static final CurrentAssignment OF_NEW_MEMBER = new CurrentAssignment(JOINING, LEFT, MemberState.STABLE, NONE, NONE);

    public CurrentAssignment {
        assigned = Collections.unmodifiableNavigableMap(assigned);
        revoking = Collections.unmodifiableNavigableMap(revoking);
    }

    boolean isReconciledTo(int targetEpoch) {
        return state == MemberState.STABLE && epoch == targetEpoch;
    }

    /** The epoch in which the member was given a partition that it may still be using, or null. */
    Integer epochOf(TopicIdPartition partition) {
        Integer given = assigned.get(partition);
        return given != null ? given : revoking.get(partition);
    }

    /** What the member may be using. */
    NavigableSet<TopicIdPartition> held() {
        NavigableSet<TopicIdPartition> held = new TreeSet<>(assigned.keySet());
        held.addAll(revoking.keySet());
        return held;
    }

    /** Of a static member that goes away and will come back: it keeps what it has, and revokes nothing any more. */
    CurrentAssignment leftForNow() {
        NavigableMap<TopicIdPartition, Integer> kept = new TreeMap<>(assigned);
        kept.replaceAll((_, _) -> 0);
        return new CurrentAssignment(LEFT_FOR_NOW, previousEpoch, state, kept, NONE);
    }

    /** Of the member that takes the place of a static member. */
    CurrentAssignment takenOver() {
        return new CurrentAssignment(JOINING, JOINING, state, assigned, revoking);
    }

    /** Of a member whose record has been removed, and which is about to be removed itself. */
    CurrentAssignment removed() {
        return new CurrentAssignment(LEFT, LEFT, state, NONE, NONE);
    }

    ConsumerGroupCurrentMemberAssignmentValue toRecord() {
        return new ConsumerGroupCurrentMemberAssignmentValue()
                .setMemberEpoch(epoch)
                .setPreviousMemberEpoch(previousEpoch)
                .setState(state.code())
                .setAssignedPartitions(toRecord(assigned))
                .setPartitionsPendingRevocation(toRecord(revoking));
    }

    private static List<TopicPartitions> toRecord(NavigableMap<TopicIdPartition, Integer> partitions) {
        return TopicIdPartition.byTopic(
                TopicIdPartition.sorted(partitions.keySet()),
                (topicId, numbers) -> new TopicPartitions()
                        .setTopicId(topicId)
                        .setPartitions(numbers)
                        .setAssignmentEpochs(numbers.stream()
                                .map(number -> partitions.get(new TopicIdPartition(topicId, number)))
                                .toList()));
    }

    static CurrentAssignment fromRecord(ConsumerGroupCurrentMemberAssignmentValue value) {
        return new CurrentAssignment(
                value.memberEpoch(),
                value.previousMemberEpoch(),
                MemberState.of(value.state()),
                fromRecord(value.assignedPartitions(), value.memberEpoch()),
                fromRecord(value.partitionsPendingRevocation(), value.memberEpoch()));
    }

    /** Releases before KIP-1251 wrote no epochs of assignment; the member's is then the latest that they can be. */
    private static NavigableMap<TopicIdPartition, Integer> fromRecord(List<TopicPartitions> topics, int memberEpoch) {
        NavigableMap<TopicIdPartition, Integer> partitions = new TreeMap<>();
        for (TopicPartitions topic : topics) {
            List<Integer> epochs =
                    new ArrayList<>(Collections.nCopies(topic.partitions().size(), Math.max(memberEpoch, 0)));
            if (topic.assignmentEpochs() != null && topic.assignmentEpochs().size() == epochs.size()) {
                epochs = topic.assignmentEpochs();
            }
            for (int i = 0; i < epochs.size(); i++) {
                partitions.put(
                        new TopicIdPartition(topic.topicId(), topic.partitions().get(i)), epochs.get(i));
            }
        }
        return partitions;
    }
}
