package io.headrace.coordination.group.offsets;

import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.StepDraft;
import io.headrace.coordination.TopicView;
import io.headrace.coordination.group.Committer;
import io.headrace.coordination.group.Group;
import io.headrace.coordination.group.GroupSettings;
import io.headrace.coordination.group.Groups;
import io.headrace.coordination.group.RequestContext;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;

/** OffsetCommit and TxnOffsetCommit. Whose records stand under a producer id until the marker comes, the host's writing decides. */
public final class OffsetCommits {

    /** From then on a client can be told that there is no such group; older ones know only an old generation. */
    private static final short GROUP_ID_NOT_FOUND_VERSION = 9;

    private static final short TXN_GROUP_ID_NOT_FOUND_VERSION = 6;

    private final Groups groups;
    private final GroupSettings settings;

    public OffsetCommits(Groups groups, GroupSettings settings) {
        this.groups = groups;
        this.settings = settings;
    }

    public void commit(long ticket, RequestContext context, OffsetCommitRequestData request, StepDraft draft) {
        draft.answer(
                ticket,
                commit(CommitRequest.of(request, context.version()), draft).toOffsetCommit());
    }

    /** The draft must be in the name of the request's producer. */
    public void commit(long ticket, RequestContext context, TxnOffsetCommitRequestData request, StepDraft draft) {
        CommitRequest commit = CommitRequest.of(request, context.version());
        CommitResult result = request.groupId().isEmpty()
                ? failed(resolve(commit, draft.env().topics()), ErrorCode.INVALID_GROUP_ID)
                : commit(commit, draft);
        draft.answer(ticket, result.toTxnOffsetCommit());
    }

    private CommitResult commit(CommitRequest request, StepDraft draft) {
        List<ResolvedTopic> topics = resolve(request, draft.env().topics());
        if (topics.stream().allMatch(topic -> topic.valid().isEmpty())) {
            return failed(topics, ErrorCode.NONE);
        }
        ErrorCode refusal = validate(request, topics);
        if (refusal != ErrorCode.NONE) {
            return failed(topics, refusal);
        }
        List<CoordinatorRecord> records = records(request, topics, draft.env().wallMs());
        if (!draft.hasRoomFor(records)) {
            return failed(topics, ErrorCode.UNKNOWN_SERVER_ERROR);
        }
        records.forEach(draft::write);
        Group group = groups.get(request.groupId());
        if (group != null && !request.committer().transactional()) {
            group.committed(request.committer(), draft);
        }
        return results(
                topics, partition -> isTooLong(partition) ? ErrorCode.OFFSET_METADATA_TOO_LARGE : ErrorCode.NONE);
    }

    private List<CoordinatorRecord> records(CommitRequest request, List<ResolvedTopic> topics, long nowMs) {
        long expireMs = request.retentionMs() == -1 ? -1 : nowMs + request.retentionMs();
        return topics.stream()
                .flatMap(topic -> topic.valid().stream()
                        .filter(partition -> !isTooLong(partition))
                        .map(partition -> new CommittedOffset(
                                        partition.offset(),
                                        partition.leaderEpoch(),
                                        partition.metadata() == null ? "" : partition.metadata(),
                                        nowMs,
                                        expireMs,
                                        topic.id(),
                                        0)
                                .toRecord(request.groupId(), new TopicPartition(topic.name(), partition.index()))))
                .toList();
    }

    private boolean isTooLong(CommitRequest.Partition partition) {
        return partition.metadata() != null && partition.metadata().length() > settings.offsetMetadataMaxBytes();
    }

    // ---- whether it may be committed at all

    private ErrorCode validate(CommitRequest request, List<ResolvedTopic> topics) {
        Committer committer = request.committer();
        Group group = groups.get(request.groupId());
        if (group == null) {
            return withoutGroup(committer);
        }
        ErrorCode error = group.validateCommit(committer);
        for (ResolvedTopic topic : topics) {
            for (CommitRequest.Partition partition : topic.valid()) {
                if (error == ErrorCode.NONE && !isTooLong(partition)) {
                    error = group.validatePartition(committer, topic.id(), topic.name(), partition.index());
                }
            }
        }
        boolean cannotBeTold = error == ErrorCode.STALE_MEMBER_EPOCH
                && committer.transactional()
                && committer.version() < TXN_GROUP_ID_NOT_FOUND_VERSION;
        return cannotBeTold ? ErrorCode.ILLEGAL_GENERATION : error;
    }

    /** Who is no member may commit to a group that nobody has joined; the first offset makes it. */
    private static ErrorCode withoutGroup(Committer committer) {
        if (committer.generationOrEpoch() < 0) {
            return ErrorCode.NONE;
        }
        short since = committer.transactional() ? TXN_GROUP_ID_NOT_FOUND_VERSION : GROUP_ID_NOT_FOUND_VERSION;
        return committer.version() >= since ? ErrorCode.GROUP_ID_NOT_FOUND : ErrorCode.ILLEGAL_GENERATION;
    }

    private static CommitResult failed(List<ResolvedTopic> topics, ErrorCode error) {
        return results(topics, _ -> error);
    }

    /** @param ofExisting what became of a partition that exists; the others have an error already */
    private static CommitResult results(
            List<ResolvedTopic> topics, Function<CommitRequest.Partition, ErrorCode> ofExisting) {
        return new CommitResult(topics.stream()
                .map(topic -> new CommitResult.Topic(
                        topic.name(),
                        topic.id(),
                        topic.partitions().stream()
                                .map(partition -> {
                                    ErrorCode error = topic.errorOf(partition.index());
                                    return new CommitResult.Partition(
                                            partition.index(),
                                            error == ErrorCode.NONE ? ofExisting.apply(partition) : error);
                                })
                                .toList()))
                .toList());
    }

    private static List<ResolvedTopic> resolve(CommitRequest request, TopicView view) {
        List<ResolvedTopic> resolved = new ArrayList<>();
        for (CommitRequest.Topic topic : request.topics()) {
            resolved.add(ResolvedTopic.of(topic, request.byTopicId(), view));
        }
        return resolved;
    }
}
