package io.headrace.coordination.group;

import io.headrace.coordination.Coordinator;
import io.headrace.coordination.CoordinatorEnv;
import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.Origin;
import io.headrace.coordination.Step;
import io.headrace.coordination.StepDraft;
import io.headrace.coordination.group.classic.ClassicGroup;
import io.headrace.coordination.group.classic.ClassicProtocol;
import io.headrace.coordination.group.classic.ClassicTimer;
import io.headrace.coordination.group.consumer.ConsumerGroup;
import io.headrace.coordination.group.consumer.ConsumerGroupProtocol;
import io.headrace.coordination.group.consumer.ConsumerGroupSettings;
import io.headrace.coordination.group.consumer.ConsumerTimer;
import io.headrace.coordination.group.offsets.LegacyOffsets;
import io.headrace.coordination.group.offsets.OffsetCommits;
import io.headrace.coordination.group.offsets.OffsetDeletion;
import io.headrace.coordination.group.offsets.OffsetFetches;
import io.headrace.coordination.group.offsets.OffsetStore;
import io.headrace.coordination.group.offsets.OffsetUpkeep;
import java.util.List;
import org.apache.kafka.common.message.ConsumerGroupDescribeRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.coordinator.group.generated.GroupMetadataKey;
import org.apache.kafka.coordinator.group.generated.GroupMetadataValue;
import org.apache.kafka.coordinator.group.generated.LegacyOffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.LegacyOffsetCommitValue;
import org.apache.kafka.coordinator.group.generated.OffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.OffsetCommitValue;

/**
 * The groups and the committed offsets of one partition of {@code __consumer_offsets}. Takes each event, record and timer to
 * the class that knows it.
 */
public final class GroupCoordinator implements Coordinator<GroupEvent> {

    private final Groups groups = new Groups();
    private final OffsetStore offsets = new OffsetStore();
    private final ClassicProtocol classic;
    private final ConsumerGroupProtocol consumer;
    private final OffsetCommits offsetCommits;
    private final OffsetFetches offsetFetches;
    private final OffsetDeletion offsetDeletion;
    private final OffsetUpkeep offsetUpkeep;
    private final GroupDeletion groupDeletion;

    public GroupCoordinator(GroupSettings settings, ConsumerGroupSettings.ByGroup consumerSettings) {
        classic = new ClassicProtocol(groups, settings);
        consumer = new ConsumerGroupProtocol(groups, consumerSettings, settings, classic);
        offsetCommits = new OffsetCommits(groups, settings);
        offsetFetches = new OffsetFetches(groups, offsets);
        offsetDeletion = new OffsetDeletion(groups, offsets);
        offsetUpkeep = new OffsetUpkeep(groups, offsets, settings);
        groupDeletion = new GroupDeletion(groups, offsetDeletion);
    }

    // ---- events

    @Override
    public Step step(GroupEvent event, CoordinatorEnv env) {
        StepDraft draft = new StepDraft(this, env, originOf(event));
        switch (event) {
            case GroupEvent.Request request -> answer(request, draft);
            case GroupEvent.HeartbeatOverdue(String groupId, String memberId) ->
                classic.heartbeatOverdue(groupId, memberId, draft);
            case GroupEvent.TimerFired(Object key) -> timerFired(key, draft);
            case GroupEvent.TransactionEnded(long producerId, short epoch, boolean commit) ->
                applyMarker(producerId, epoch, commit);
            case GroupEvent.TopicsChanged _ -> {}
            case GroupEvent.TopicsDeleted deleted -> offsetUpkeep.topicsDeleted(deleted.topics(), draft);
        }
        return draft.finish();
    }

    /** Offsets of a transaction are written in the name of its producer. */
    private static Origin originOf(GroupEvent event) {
        return event instanceof GroupEvent.Request(var _, var _, TxnOffsetCommitRequestData commit)
                ? new Origin(commit.producerId(), commit.producerEpoch())
                : Origin.NONE;
    }

    private void answer(GroupEvent.Request event, StepDraft draft) {
        long ticket = event.ticket();
        RequestContext context = event.context();
        switch (event.request()) {
            case ConsumerGroupHeartbeatRequestData request -> consumer.heartbeat(ticket, context, request, draft);
            case ConsumerGroupDescribeRequestData request ->
                draft.answer(ticket, consumer.describe(request, draft.env().topics()));
            case JoinGroupRequestData request -> {
                if (groups.get(request.groupId()) instanceof ConsumerGroup group && !group.isEmpty()) {
                    consumer.join(ticket, group, context, request, draft);
                } else {
                    classic.join(ticket, context, request, draft);
                }
            }
            case SyncGroupRequestData request -> {
                if (groups.get(request.groupId()) instanceof ConsumerGroup group) {
                    consumer.sync(ticket, group, context, request, draft);
                } else {
                    classic.sync(ticket, context, request, draft);
                }
            }
            case HeartbeatRequestData request -> {
                if (groups.get(request.groupId()) instanceof ConsumerGroup group) {
                    consumer.heartbeat(ticket, group, request, draft);
                } else {
                    classic.heartbeat(ticket, context, request, draft);
                }
            }
            case LeaveGroupRequestData request -> {
                if (groups.get(request.groupId()) instanceof ConsumerGroup group) {
                    consumer.leave(ticket, group, context, request, draft);
                } else {
                    classic.leave(ticket, context, request, draft);
                }
            }
            case OffsetCommitRequestData request -> offsetCommits.commit(ticket, context, request, draft);
            case TxnOffsetCommitRequestData request -> offsetCommits.commit(ticket, context, request, draft);
            case OffsetFetchRequestData request -> offsetFetches.fetch(ticket, context, request, draft);
            case OffsetDeleteRequestData request -> offsetDeletion.delete(ticket, request, draft);
            case DescribeGroupsRequestData request ->
                draft.answer(ticket, classic.describe(request, context.version()));
            case ListGroupsRequestData request -> draft.answer(ticket, GroupListing.list(request, groups.all()));
            case DeleteGroupsRequestData request -> groupDeletion.delete(ticket, request, draft);
            default ->
                throw new IllegalArgumentException(
                        "no request to a group coordinator: " + event.request().apiKey());
        }
    }

    private void timerFired(Object key, StepDraft draft) {
        switch (key) {
            case ClassicTimer timer -> classic.timerFired(timer, draft);
            case ConsumerTimer timer -> consumer.timerFired(timer, draft);
            case OffsetUpkeep.Chore chore -> offsetUpkeep.timerFired(chore, draft);
            default -> throw new IllegalArgumentException("no timer of a group coordinator: " + key);
        }
    }

    // ---- records

    @Override
    public void apply(CoordinatorRecord record, Origin origin) {
        switch (record.key()) {
            case GroupMetadataKey key -> classic.apply(key, (GroupMetadataValue) record.value());
            case OffsetCommitKey key -> applyOffset(key, (OffsetCommitValue) record.value(), origin);
            case LegacyOffsetCommitKey key ->
                applyOffset(
                        LegacyOffsets.key(key), LegacyOffsets.value((LegacyOffsetCommitValue) record.value()), origin);
            default -> {
                if (consumer.apply(record)) {
                    return;
                }
                // Share and streams groups, of which an Apache Kafka may have left records.
            }
        }
    }

    /** The first offset makes the group that nobody has joined. */
    private void applyOffset(OffsetCommitKey key, OffsetCommitValue value, Origin origin) {
        if (value != null && groups.get(key.group()) == null) {
            groups.put(new ClassicGroup(key.group()));
        }
        offsets.apply(key, value, origin);
    }

    @Override
    public void applyMarker(long producerId, short producerEpoch, boolean commit) {
        offsets.applyMarker(producerId, commit);
    }

    @Override
    public Step loaded(CoordinatorEnv env) {
        StepDraft draft = new StepDraft(this, env, Origin.NONE);
        for (Group group : List.copyOf(groups.all())) {
            if (group instanceof ClassicGroup classicGroup) {
                classic.loaded(classicGroup, draft);
            } else if (group instanceof ConsumerGroup consumerGroup) {
                consumer.loaded(consumerGroup, draft);
            }
        }
        offsetUpkeep.loaded(draft);
        return draft.finish();
    }
}
