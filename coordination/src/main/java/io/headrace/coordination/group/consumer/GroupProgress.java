package io.headrace.coordination.group.consumer;

import io.headrace.coordination.CoordinatorEnv;
import io.headrace.coordination.StepDraft;
import io.headrace.coordination.TopicView;
import io.headrace.coordination.group.consumer.assignor.Assignor;
import java.util.Set;

/** Takes a group forward: from a change to the next group epoch, from there to a target, and a member to its target. */
final class GroupProgress {

    private final ConsumerGroupSettings.ByGroup settings;
    private final MemberTimers timers;

    GroupProgress(ConsumerGroupSettings.ByGroup settings, MemberTimers timers) {
        this.settings = settings;
        this.timers = timers;
    }

    /** Begins a new group epoch if members have changed, or the topics that they subscribe to. */
    void notice(ConsumerGroup group, boolean membersChanged, StepDraft draft) {
        TopicView topics = draft.env().topics();
        if (!membersChanged && !group.watch().isUnhashed(topics)) {
            return;
        }
        group.watch().hashed(topics);
        long hash = MetadataHash.of(group.subscribedTopics(), topics);
        if (membersChanged || hash != group.metadataHash()) {
            draft.write(ConsumerGroupRecords.epoch(group.groupId(), group.epoch() + 1, hash));
        }
        if (group.hasTopicsRecord()) {
            draft.write(ConsumerGroupRecords.topicsTombstone(group.groupId()));
        }
    }

    /** Makes a target for the group epoch, if there is none and the last one is not too young. */
    void assign(ConsumerGroup group, StepDraft draft) {
        ConsumerGroupSettings ofGroup = settings.of(group.groupId());
        CoordinatorEnv env = draft.env();
        if (group.assignmentEpoch() >= group.epoch() || isTargetTooYoung(group, ofGroup, env)) {
            return;
        }
        assignor(group, ofGroup)
                .assign(
                        group.subscribers(env.topics()),
                        topicId -> env.topics().topic(topicId).partitionCount())
                .forEach((memberId, target) -> {
                    if (!group.hasTarget(memberId) || !target.equals(group.target(memberId))) {
                        draft.write(ConsumerGroupRecords.target(group.groupId(), memberId, target));
                    }
                });
        draft.write(ConsumerGroupRecords.targetEpoch(group.groupId(), group.epoch(), env.wallMs()));
    }

    private static boolean isTargetTooYoung(ConsumerGroup group, ConsumerGroupSettings settings, CoordinatorEnv env) {
        return group.assignmentTimestampMs() != 0
                && env.wallMs() < group.assignmentTimestampMs() + settings.assignmentIntervalMs();
    }

    /** The one that the group's next target will be made by. */
    static Assignor assignor(ConsumerGroup group, ConsumerGroupSettings settings) {
        return group.preferredAssignor().filter(settings.assignors()::contains).orElse(settings.defaultAssignor());
    }

    /**
     * Takes a member one step to its target.
     *
     * @param owned what it says that it owns, null if it said nothing
     * @param subscriptionChanged whether it subscribes to something else than before
     */
    void reconcile(
            ConsumerGroup group,
            String memberId,
            Set<TopicIdPartition> owned,
            boolean subscriptionChanged,
            StepDraft draft) {
        ConsumerGroupMember member = group.member(memberId);
        if (!subscriptionChanged && member.current().isReconciledTo(group.assignmentEpoch())) {
            return;
        }
        CurrentAssignment next = new Reconciliation(
                        member.current(),
                        group.subscription(member.metadata(), draft.env().topics()),
                        group.assignmentEpoch(),
                        group.target(memberId),
                        owned,
                        partition -> group.isHeldByAnother(partition, memberId))
                .step(subscriptionChanged);
        if (next.equals(member.current())) {
            return;
        }
        draft.write(ConsumerGroupRecords.current(group.groupId(), memberId, next));
        timers.reconciled(group, group.member(memberId), draft);
    }
}
