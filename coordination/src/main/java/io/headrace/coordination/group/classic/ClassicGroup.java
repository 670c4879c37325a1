package io.headrace.coordination.group.classic;

import io.headrace.coordination.StepDraft;
import io.headrace.coordination.group.Committer;
import io.headrace.coordination.group.Group;
import io.headrace.coordination.group.GroupType;
import io.headrace.coordination.group.OffsetExpiry;
import io.headrace.ports.Check;
import io.headrace.wire.ErrorCode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.coordinator.group.generated.GroupMetadataValue;

/**
 * A group of the classic protocol, in which the members themselves assign the partitions. Also what committed offsets
 * belong to when nobody has ever joined: a "simple" group, which is empty and has no protocol type.
 *
 * <p>Its record says the generation that was assigned last. A rebalance goes on in memory alone until the leader's
 * assignment is written; a crash before that leaves the group as the last generation left it.
 */
public final class ClassicGroup implements Group {

    static final String CONSUMERS = "consumer";

    private final String groupId;
    private final ClassicMembers members = new ClassicMembers();

    /** Members of this generation that have not asked for their assignment. */
    private final Set<String> missingSyncs = new LinkedHashSet<>();

    private ClassicState state = ClassicState.EMPTY;
    private ClassicState previousState = ClassicState.EMPTY;

    /** Wall clock; -1 if that is not known. */
    private long stateSinceMs = -1;

    private int generation;
    private String protocolType;
    private String protocolName;
    private String leaderId;
    private InitialDelay initialDelay;

    /** Empty if that is not known. */
    private Optional<Set<String>> subscribedTopics = Optional.empty();

    public ClassicGroup(String groupId) {
        this.groupId = groupId;
    }

    /** Made of the members of a group of another type, which have their assignments already. */
    static ClassicGroup converted(String groupId, int generation, List<ClassicMember> members, long wallMs) {
        ClassicGroup group = new ClassicGroup(groupId);
        group.generation = generation;
        members.forEach(member -> group.add(member, CONSUMERS));
        group.protocolName = group.members.elect();
        group.enter(ClassicState.STABLE, wallMs);
        return group;
    }

    // ---- what is durable

    /** Takes a record of the group. A member that is known already keeps its protocols and what it waits for. */
    public void apply(GroupMetadataValue value) {
        generation = value.generation();
        protocolType = value.protocolType() == null || value.protocolType().isEmpty() ? null : value.protocolType();
        protocolName = value.protocol();
        leaderId = value.leader();
        members.replaceAll(value.members().stream()
                .map(durable -> {
                    ClassicMember known = members.get(durable.memberId());
                    ClassicMember member = known == null ? ClassicMember.of(durable, protocolName) : known;
                    member.assign(durable.assignment());
                    return member;
                })
                .toList());
        subscribedTopics = computeSubscribedTopics();
        previousState = state;
        state = members.isEmpty() ? ClassicState.EMPTY : ClassicState.STABLE;
        stateSinceMs = value.currentStateTimestamp();
    }

    // ---- members

    ClassicMembers members() {
        return members;
    }

    public Collection<ClassicMember> allMembers() {
        return members.all();
    }

    /** In the order of joining. */
    public Collection<ClassicMember> memberList() {
        return members.all();
    }

    void add(ClassicMember member, String memberProtocolType) {
        if (members.isEmpty()) {
            protocolType = memberProtocolType;
        }
        if (leaderId == null) {
            leaderId = member.memberId();
        }
        members.add(member);
    }

    void remove(String memberId) {
        members.remove(memberId);
        missingSyncs.remove(memberId);
        if (memberId.equals(leaderId)) {
            leaderId = members.all().stream()
                    .findFirst()
                    .map(ClassicMember::memberId)
                    .orElse(null);
        }
    }

    /** Gives a static member a new id. The caller answers what the old one waited for. */
    ClassicMember rename(ClassicMember old, String newMemberId) {
        ClassicMember successor = old.renamed(newMemberId);
        boolean led = isLeader(old.memberId());
        members.remove(old.memberId());
        missingSyncs.remove(old.memberId());
        members.add(successor);
        if (led) {
            leaderId = newMemberId;
        }
        return successor;
    }

    /** NONE if the request is of a member that is the one and only with its instance id. */
    ErrorCode validateMember(String memberId, String instanceId) {
        if (instanceId != null) {
            String current = members.idOf(instanceId);
            if (current == null) {
                return ErrorCode.UNKNOWN_MEMBER_ID;
            }
            if (!current.equals(memberId)) {
                return ErrorCode.FENCED_INSTANCE_ID;
            }
        }
        return members.contains(memberId) ? ErrorCode.NONE : ErrorCode.UNKNOWN_MEMBER_ID;
    }

    boolean accepts(String memberProtocolType, List<Protocol> protocols) {
        if (state == ClassicState.EMPTY) {
            return !memberProtocolType.isEmpty() && !protocols.isEmpty();
        }
        return memberProtocolType.equals(protocolType) && members.share(protocols);
    }

    /** Whether one more may join, or this one again. */
    boolean hasRoomFor(String memberId, int maxSize) {
        return switch (state) {
            case EMPTY -> true;
            case PREPARING -> {
                ClassicMember member = members.get(memberId);
                yield member != null && member.waitingJoin() != null || members.waitingJoins() < maxSize;
            }
            case COMPLETING, STABLE -> members.contains(memberId) || members.size() < maxSize;
        };
    }

    // ---- generations

    void prepare(long wallMs) {
        Check.that(state != ClassicState.PREPARING, "a rebalance is prepared once");
        missingSyncs.clear();
        enter(ClassicState.PREPARING, wallMs);
    }

    /** Whether the members that are being waited for are the first of an empty group. */
    boolean isInitialRebalance() {
        return state == ClassicState.PREPARING && previousState == ClassicState.EMPTY;
    }

    /** A leader that has joined leads; false if nobody has joined. */
    boolean electLeader() {
        if (leaderId == null) {
            return false;
        }
        if (members.get(leaderId).waitingJoin() != null) {
            return true;
        }
        Optional<ClassicMember> joined = members.all().stream()
                .filter(member -> member.waitingJoin() != null)
                .findFirst();
        joined.ifPresent(member -> leaderId = member.memberId());
        return joined.isPresent();
    }

    void beginGeneration(long wallMs) {
        generation++;
        protocolName = members.isEmpty() ? null : members.elect();
        subscribedTopics = computeSubscribedTopics();
        missingSyncs.clear();
        members.all().forEach(member -> missingSyncs.add(member.memberId()));
        enter(members.isEmpty() ? ClassicState.EMPTY : ClassicState.COMPLETING, wallMs);
    }

    /** Members of this generation that have not asked for their assignment. */
    Set<String> missingSyncs() {
        return missingSyncs;
    }

    private void enter(ClassicState next, long wallMs) {
        previousState = state;
        state = next;
        stateSinceMs = wallMs;
    }

    /** Wall clock; -1 if that is not known. */
    long stateSinceMs() {
        return stateSinceMs;
    }

    ClassicState classicState() {
        return state;
    }

    public int generation() {
        return generation;
    }

    /** Null before the first generation. */
    public String protocolName() {
        return protocolName;
    }

    /** Null without members. */
    public String leaderId() {
        return leaderId;
    }

    boolean isLeader(String memberId) {
        return memberId.equals(leaderId);
    }

    /** What each member was assigned, by member id. */
    Map<String, byte[]> assignments() {
        Map<String, byte[]> byMember = new LinkedHashMap<>();
        members.all().forEach(member -> byMember.put(member.memberId(), member.assignment()));
        return byMember;
    }

    /** One more of the first members makes it worth while to wait for others. */
    void noteNewMember() {
        if (isInitialRebalance() && initialDelay != null) {
            initialDelay = initialDelay.withNewMember();
        }
    }

    /** Not null while the first members of an empty group wait for more. */
    InitialDelay initialDelay() {
        return initialDelay;
    }

    void setInitialDelay(InitialDelay delay) {
        initialDelay = delay;
    }

    private Optional<Set<String>> computeSubscribedTopics() {
        if (!CONSUMERS.equals(protocolType) || protocolName == null && !members.isEmpty()) {
            return Optional.empty();
        }
        return Subscriptions.topics(members.all().stream()
                .map(member -> member.metadata(protocolName))
                .toList());
    }

    // ---- as any group

    @Override
    public String groupId() {
        return groupId;
    }

    @Override
    public GroupType type() {
        return GroupType.CLASSIC;
    }

    @Override
    public String state() {
        return state.wireName();
    }

    @Override
    public String protocolType() {
        return protocolType == null ? "" : protocolType;
    }

    @Override
    public boolean isEmpty() {
        return state == ClassicState.EMPTY;
    }

    @Override
    public ErrorCode validateCommit(Committer committer) {
        if (committer.generationOrEpoch() < 0 && isEmpty()) {
            return ErrorCode.NONE;
        }
        if (committer.isMember()) {
            ErrorCode membership = validateMember(committer.memberId(), committer.instanceId());
            if (membership != ErrorCode.NONE) {
                return membership;
            }
            if (committer.generationOrEpoch() != generation) {
                return ErrorCode.ILLEGAL_GENERATION;
            }
        } else if (!committer.transactional() && !isEmpty()) {
            return ErrorCode.UNKNOWN_MEMBER_ID;
        }
        return !committer.transactional() && state == ClassicState.COMPLETING
                ? ErrorCode.REBALANCE_IN_PROGRESS
                : ErrorCode.NONE;
    }

    @Override
    public ErrorCode validatePartition(Committer committer, Uuid topicId, String topic, int partition) {
        return ErrorCode.NONE;
    }

    @Override
    public void committed(Committer committer, StepDraft draft) {
        ClassicMember member = members.get(committer.memberId());
        if (member != null && (state == ClassicState.STABLE || state == ClassicState.PREPARING)) {
            Sessions.restart(this, member, draft);
        }
    }

    @Override
    public ErrorCode validateFetch(String memberId, int memberEpoch) {
        return ErrorCode.NONE;
    }

    @Override
    public ErrorCode validateOffsetDeletion() {
        return isEmpty() || CONSUMERS.equals(protocolType) ? ErrorCode.NONE : ErrorCode.NON_EMPTY_GROUP;
    }

    @Override
    public ErrorCode validateDeletion() {
        return isEmpty() ? ErrorCode.NONE : ErrorCode.NON_EMPTY_GROUP;
    }

    /** Of a group of consumers whose subscriptions cannot be read, any topic might be subscribed to. */
    @Override
    public boolean isSubscribedTo(String topic) {
        return subscribedTopics.map(topics -> topics.contains(topic)).orElse(CONSUMERS.equals(protocolType));
    }

    @Override
    public OffsetExpiry offsetExpiry() {
        if (protocolType == null) {
            return new OffsetExpiry.SinceCommit();
        }
        if (isEmpty()) {
            return stateSinceMs == -1 ? new OffsetExpiry.SinceCommit() : new OffsetExpiry.Since(stateSinceMs);
        }
        return subscribedTopics.isPresent() && state == ClassicState.STABLE
                ? new OffsetExpiry.SinceCommit()
                : new OffsetExpiry.Never();
    }

    @Override
    public void delete(StepDraft draft) {
        draft.write(ClassicRecords.tombstone(groupId));
    }
}
