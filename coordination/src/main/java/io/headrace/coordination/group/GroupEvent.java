package io.headrace.coordination.group;

import io.headrace.coordination.TopicView;
import java.util.List;
import org.apache.kafka.common.protocol.ApiMessage;

/** What can happen to a group coordinator. */
public sealed interface GroupEvent {

    /**
     * A client asks. One ticket stands for one {@link io.headrace.coordination.Effect.Answer}, whose response is of the class
     * that belongs to the request's.
     *
     * <p>A request that names several groups (OffsetFetch, DescribeGroups, DeleteGroups, ConsumerGroupDescribe) names only
     * groups of this partition: the asker has cut it up. ListGroups is answered with the groups of this partition.
     */
    record Request(long ticket, RequestContext context, ApiMessage request) implements GroupEvent {}

    /** The member has more to say than the heartbeat that waits for news, which is answered as it stands. */
    record HeartbeatOverdue(String groupId, String memberId) implements GroupEvent {}

    /** The time of a {@link io.headrace.coordination.Effect.Timer} has come. */
    record TimerFired(Object key) implements GroupEvent {}

    /** The marker that ends a producer's transaction is in the partition's log. */
    record TransactionEnded(long producerId, short producerEpoch, boolean commit) implements GroupEvent {}

    /** The topics of these names were created, deleted or got more partitions; the environment shows them as they are now. */
    record TopicsChanged(List<String> names) implements GroupEvent {}

    /** These topics are gone, and their offsets with them. */
    record TopicsDeleted(List<TopicView.Topic> topics) implements GroupEvent {}
}
