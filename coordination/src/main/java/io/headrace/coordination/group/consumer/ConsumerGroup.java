package io.headrace.coordination.group.consumer;

import io.headrace.coordination.StepDraft;
import io.headrace.coordination.TopicView;
import io.headrace.coordination.group.Committer;
import io.headrace.coordination.group.Group;
import io.headrace.coordination.group.GroupType;
import io.headrace.coordination.group.OffsetExpiry;
import io.headrace.coordination.group.consumer.assignor.Assignor;
import io.headrace.coordination.group.consumer.assignor.Subscriber;
import io.headrace.wire.ErrorCode;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;

/**
 * A group of the consumer protocol, as its records have made it; they alone change it, through its put and remove methods.
 *
 * <p>Three epochs follow each other. The group's rises with every change of members, subscriptions or topics; the
 * assignment epoch says for which group epoch the target was made; a member's says which target it has reached.
 */
public final class ConsumerGroup implements Group {

    /** One more than the epoch of a member that joins. */
    private static final int FIRST_EPOCH = 1;

    private final String groupId;
    private final NavigableMap<String, ConsumerGroupMember> members = new TreeMap<>();
    private final NavigableMap<String, NavigableSet<TopicIdPartition>> targets = new TreeMap<>();
    private final NavigableMap<String, ResolvedRegex> regexes = new TreeMap<>();
    private int epoch = FIRST_EPOCH;
    private long metadataHash = MetadataHash.OF_NO_TOPIC;
    private int assignmentEpoch = FIRST_EPOCH;
    private long assignmentTimestampMs;
    private boolean topicsRecord;

    private final Map<String, String> staticMembers = new HashMap<>();
    private final PartitionHolders holders = new PartitionHolders();
    private final TopicCounts subscribedTopics = new TopicCounts();
    private final TopicWatch watch = new TopicWatch();

    ConsumerGroup(String groupId) {
        this.groupId = groupId;
    }

    int epoch() {
        return epoch;
    }

    long metadataHash() {
        return metadataHash;
    }

    int assignmentEpoch() {
        return assignmentEpoch;
    }

    /** When the target was made, since the Unix epoch; 0 if the next one need not keep a distance to it. */
    long assignmentTimestampMs() {
        return assignmentTimestampMs;
    }

    /** Whether there is a record of the topics, which releases of Kafka before 4.1 have written. */
    boolean hasTopicsRecord() {
        return topicsRecord;
    }

    ConsumerGroupState groupState() {
        if (members.isEmpty()) {
            return ConsumerGroupState.EMPTY;
        }
        if (epoch > assignmentEpoch) {
            return ConsumerGroupState.ASSIGNING;
        }
        return members.values().stream().allMatch(member -> member.current().isReconciledTo(assignmentEpoch))
                ? ConsumerGroupState.STABLE
                : ConsumerGroupState.RECONCILING;
    }

    /** By id. */
    NavigableMap<String, ConsumerGroupMember> members() {
        return Collections.unmodifiableNavigableMap(members);
    }

    /** The member of that id, or null. */
    ConsumerGroupMember member(String memberId) {
        return members.get(memberId);
    }

    /** The static member of that instance, or null. */
    ConsumerGroupMember staticMember(String instanceId) {
        String memberId = instanceId == null ? null : staticMembers.get(instanceId);
        return memberId == null ? null : members.get(memberId);
    }

    NavigableSet<TopicIdPartition> target(String memberId) {
        return targets.getOrDefault(memberId, Collections.emptyNavigableSet());
    }

    boolean hasTarget(String memberId) {
        return targets.containsKey(memberId);
    }

    TopicWatch watch() {
        return watch;
    }

    /** What was resolved last, by expression. */
    NavigableMap<String, ResolvedRegex> regexes() {
        return Collections.unmodifiableNavigableMap(regexes);
    }

    /** The expressions that members subscribe to. */
    NavigableSet<String> subscribedRegexes() {
        NavigableSet<String> subscribed = new TreeSet<>();
        members.values().stream()
                .map(ConsumerGroupMember::metadata)
                .filter(MemberMetadata::hasRegex)
                .forEach(metadata -> subscribed.add(metadata.regex()));
        return subscribed;
    }

    /** Whether they exist or not. */
    NavigableSet<String> subscribedTopics() {
        return subscribedTopics.names();
    }

    /** The existing topics that somebody with such metadata subscribes to, by name or by pattern. */
    NavigableSet<Uuid> subscription(MemberMetadata metadata, TopicView topics) {
        NavigableSet<Uuid> ids = new TreeSet<>();
        addIds(metadata.topics(), topics, ids);
        ResolvedRegex resolved = regexes.get(metadata.regex());
        if (resolved != null) {
            addIds(resolved.topics(), topics, ids);
        }
        return ids;
    }

    private static void addIds(Set<String> names, TopicView topics, Set<Uuid> ids) {
        for (String name : names) {
            TopicView.Topic topic = topics.topic(name);
            if (topic != null) {
                ids.add(topic.id());
            }
        }
    }

    /** The assignor that most of those who have a wish wish for. */
    Optional<Assignor> preferredAssignor() {
        Map<Assignor, Integer> wishes = new TreeMap<>();
        members.values()
                .forEach(member -> Assignor.named(member.metadata().assignor())
                        .ifPresent(assignor -> wishes.merge(assignor, 1, Integer::sum)));
        return wishes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    /** The members, as an assignor sees them. */
    List<Subscriber> subscribers(TopicView topics) {
        return members.values().stream()
                .map(member -> new Subscriber(
                        member.id(),
                        member.metadata().instanceId(),
                        subscription(member.metadata(), topics),
                        target(member.id())))
                .toList();
    }

    boolean isHeldByAnother(TopicIdPartition partition, String memberId) {
        return holders.isHeldByAnother(partition, memberId);
    }

    /** Whether a member has to wait for what others have not released; one that need not can take another step. */
    boolean mustWait(ConsumerGroupMember member) {
        return target(member.id()).stream()
                .filter(partition -> !member.current().assigned().containsKey(partition))
                .anyMatch(partition -> isHeldByAnother(partition, member.id()));
    }

    // ---- what the records change

    void putEpoch(int newEpoch, long newMetadataHash) {
        epoch = newEpoch;
        metadataHash = newMetadataHash;
    }

    void putTopicsRecord(boolean there) {
        topicsRecord = there;
    }

    void putTarget(String memberId, NavigableSet<TopicIdPartition> partitions) {
        targets.put(memberId, partitions);
    }

    void removeTarget(String memberId) {
        targets.remove(memberId);
    }

    void putTargetEpoch(int newEpoch, long timestampMs) {
        assignmentEpoch = newEpoch;
        assignmentTimestampMs = timestampMs;
    }

    void putRegex(String regex, ResolvedRegex resolved) {
        removeRegex(regex);
        regexes.put(regex, resolved);
        subscribedTopics.replace(List.of(), resolved.topics());
    }

    void removeRegex(String regex) {
        ResolvedRegex before = regexes.remove(regex);
        if (before != null) {
            subscribedTopics.replace(before.topics(), List.of());
        }
    }

    void putMember(ConsumerGroupMember member) {
        ConsumerGroupMember before = members.getOrDefault(member.id(), ConsumerGroupMember.joining(member.id()));
        members.put(member.id(), member);
        replace(before, member);
        if (member.metadata().instanceId() != null) {
            staticMembers.put(member.metadata().instanceId(), member.id());
        }
    }

    void removeMember(String memberId) {
        ConsumerGroupMember before = members.remove(memberId);
        if (before != null) {
            replace(before, ConsumerGroupMember.joining(memberId));
        }
    }

    private void replace(ConsumerGroupMember before, ConsumerGroupMember after) {
        subscribedTopics.replace(before.metadata().topics(), after.metadata().topics());
        holders.replace(before.id(), before.current(), after.current());
        if (before.metadata().instanceId() != null) {
            staticMembers.remove(before.metadata().instanceId(), before.id());
        }
    }

    // ---- as any group

    @Override
    public String groupId() {
        return groupId;
    }

    @Override
    public GroupType type() {
        return GroupType.CONSUMER;
    }

    @Override
    public String state() {
        return groupState().protocolName();
    }

    @Override
    public String protocolType() {
        return EmbeddedProtocol.TYPE;
    }

    @Override
    public boolean isEmpty() {
        return members.isEmpty();
    }

    @Override
    public ErrorCode validateCommit(Committer committer) {
        return CommitFence.ofRequest(this, committer);
    }

    @Override
    public ErrorCode validatePartition(Committer committer, Uuid topicId, String topic, int partition) {
        return CommitFence.ofPartition(this, committer, new TopicIdPartition(topicId, partition));
    }

    @Override
    public ErrorCode validateFetch(String memberId, int memberEpoch) {
        return CommitFence.ofFetch(this, memberId, memberEpoch);
    }

    @Override
    public ErrorCode validateOffsetDeletion() {
        return ErrorCode.NONE;
    }

    @Override
    public ErrorCode validateDeletion() {
        return isEmpty() ? ErrorCode.NONE : ErrorCode.NON_EMPTY_GROUP;
    }

    @Override
    public boolean isSubscribedTo(String topic) {
        return subscribedTopics.contains(topic);
    }

    @Override
    public OffsetExpiry offsetExpiry() {
        return new OffsetExpiry.SinceCommit();
    }

    /** Also of members that are there; their timers are the caller's. */
    @Override
    public void delete(StepDraft draft) {
        for (String memberId : new TreeSet<>(members.keySet())) {
            ConsumerGroupRecords.memberTombstones(groupId, memberId).forEach(draft::write);
        }
        for (String regex : new TreeSet<>(regexes.keySet())) {
            draft.write(ConsumerGroupRecords.regexTombstone(groupId, regex));
        }
        ConsumerGroupRecords.groupTombstones(groupId).forEach(draft::write);
    }
}
