package io.headrace.compat.differential;

import static io.headrace.compat.differential.Requests.change;
import static io.headrace.compat.differential.Requests.changed;
import static io.headrace.compat.differential.Requests.createTopics;
import static io.headrace.compat.differential.Requests.operation;
import static io.headrace.compat.differential.Requests.topic;

import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.ConsumerGroupDescribeRequestData;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.protocol.ApiKeys;

/** Groups of the consumer protocol (KIP-848): what a heartbeat must not say, the life of two members, and what tools ask. */
final class ConsumerGroupChapter implements Chapter {

    private static final ApiKeys HEARTBEAT = ApiKeys.CONSUMER_GROUP_HEARTBEAT;
    private static final byte GROUP = ConfigResource.Type.GROUP.id();
    private static final String TOPIC = "consumed";

    @Override
    public void ask(Interview interview) throws Exception {
        interview.ask("prepare", ApiKeys.CREATE_TOPICS, (_, _) -> createTopics(topic(TOPIC, 4, 1)));
        for (String group : new String[] {"refused", "shared", "settled-down", "unheard-of-consumers"}) {
            prepare(interview, group);
        }
        refusals(interview);
        twoMembers(interview);
        staticMembers(interview);
        descriptions(interview);
    }

    /** Kafka would make an assignment a second after the last one only. */
    static void prepare(Interview interview, String group) throws IOException {
        interview.ask(
                "prepare " + group,
                ApiKeys.INCREMENTAL_ALTER_CONFIGS,
                (_, _) -> change(changed(
                        GROUP,
                        group,
                        operation("consumer.assignment.interval.ms", 0, "0"),
                        operation("consumer.heartbeat.interval.ms", 0, "5000"))));
        interview.ready(
                group,
                (_, _) -> new FindCoordinatorRequestData().setKeyType((byte) 0).setCoordinatorKeys(List.of(group)));
        interview.ready(
                group,
                (_, _) -> new OffsetFetchRequestData()
                        .setGroups(List.of(
                                new OffsetFetchRequestGroup().setGroupId(group).setTopics(null))));
    }

    private static void refusals(Interview interview) throws Exception {
        ConsumerMember member = new ConsumerMember("refused", "m", TOPIC);
        refused(interview, member, "everything", (r, w) -> member.all(r, w).setMemberEpoch(7));
        refused(interview, member, "no group", (r, _) -> member.join(r).setGroupId(""));
        refused(interview, member, "a blank group", (r, _) -> member.join(r).setGroupId(" "));
        interview.ask(
                "a blank member",
                HEARTBEAT,
                (w, _) -> member.join(member.beat(w)).setMemberId(" "));
        refused(interview, member, "an empty instance", (r, _) -> member.join(r).setInstanceId(""));
        refused(interview, member, "an empty rack", (r, _) -> member.join(r).setRackId(""));
        refused(
                interview,
                member,
                "no time to rebalance",
                (r, _) -> member.join(r).setRebalanceTimeoutMs(-1));
        refused(interview, member, "no subscription", (r, _) -> member.join(r).setSubscribedTopicNames(null));
        refused(
                interview,
                member,
                "an empty subscription",
                (r, _) -> member.join(r).setSubscribedTopicNames(List.of()));
        refused(
                interview,
                member,
                "no partitions said",
                (r, _) -> member.join(r).setTopicPartitions(null));
        refused(
                interview,
                member,
                "partitions from the start",
                (r, w) -> member.join(r).setTopicPartitions(List.of(member.partitions(w, "1"))));
        refused(
                interview,
                member,
                "an assignor that is not there",
                (r, _) -> member.join(r).setServerAssignor("sticky"));
        refused(
                interview,
                member,
                "a regex that is none",
                (r, _) -> member.join(r).setSubscribedTopicNames(null).setSubscribedTopicRegex("("));
        for (int epoch : new int[] {-1, -2, -3, 1}) {
            refused(interview, member, "epoch " + epoch, (r, _) -> r.setMemberEpoch(epoch));
            refused(
                    interview,
                    member,
                    "epoch " + epoch + " and an instance",
                    (r, _) -> r.setMemberEpoch(epoch).setInstanceId("i"));
        }
        interview.ask(
                "none at all",
                ApiKeys.LIST_GROUPS,
                (_, _) -> new ListGroupsRequestData().setTypesFilter(List.of("consumer")));
    }

    private static void refused(Interview interview, ConsumerMember member, String about, ConsumerMember.Change change)
            throws IOException {
        interview.askAtAllVersions(about, HEARTBEAT, (w, _) -> change.apply(member.beat(w), w));
    }

    private static void twoMembers(Interview interview) throws Exception {
        ConsumerMember one = new ConsumerMember("shared", "one", TOPIC);
        ConsumerMember two = new ConsumerMember("shared", "two", TOPIC);
        one.beat(interview, "the first join", (r, _) -> one.join(r));
        one.beat(interview, "nothing new", (r, _) -> r);
        one.beat(interview, "what it has", one::all);
        one.beat(interview, "the join again", (r, _) -> one.join(r));
        describe(interview, "one member", "shared");
        two.beat(interview, "the second join", (r, _) -> two.join(r));
        describe(interview, "one too many", "shared");
        one.beat(interview, "told to give up", (r, _) -> r);
        one.beat(interview, "still all of it", (r, w) -> r.setTopicPartitions(List.of(one.partitions(w, "0,1,2,3"))));
        one.beat(interview, "given up", one::all);
        two.beat(interview, "given", (r, _) -> r);
        two.beat(interview, "taken", two::all);
        describe(interview, "two members", "shared");
        one.beat(interview, "a later epoch", (r, w) -> r.setMemberEpoch(one.epoch(w) + 1));
        one.beat(interview, "an earlier epoch", (r, w) -> r.setMemberEpoch(one.epoch(w) - 1));
        one.beat(interview, "an instance from nowhere", (r, _) -> r.setInstanceId("i"));
        two.beat(interview, "another assignor", (r, _) -> r.setServerAssignor("range"));
        one.beat(interview, "after it", (r, _) -> r);
        describe(interview, "two assignors", "shared");
        classicRequests(interview, one);
        two.beat(interview, "leaving", (r, _) -> r.setMemberEpoch(-1));
        two.beat(interview, "leaving again", (r, _) -> r.setMemberEpoch(-1));
        one.beat(interview, "alone again", (r, _) -> r);
        one.beat(interview, "with all", one::all);
        describe(interview, "one is left", "shared");
        one.beat(interview, "a topic that is not there", (r, _) -> r.setSubscribedTopicNames(List.of("nowhere")));
        one.beat(interview, "nothing left", one::all);
        describe(interview, "nothing to have", "shared");
        one.beat(interview, "leaving", (r, _) -> r.setMemberEpoch(-1));
        describe(interview, "nobody is left", "shared");
    }

    /** Requests of the classic protocol to a group of the other. */
    private static void classicRequests(Interview interview, ConsumerMember member) throws Exception {
        String group = member.group();
        interview.askAtAllVersions(
                "of a consumer group",
                ApiKeys.DESCRIBE_GROUPS,
                (_, _) -> new DescribeGroupsRequestData().setGroups(List.of(group)));
        interview.askAtAllVersions(
                "of a consumer group's member",
                ApiKeys.HEARTBEAT,
                (w, _) -> new HeartbeatRequestData()
                        .setGroupId(group)
                        .setMemberId(member.id())
                        .setGenerationId(member.epoch(w)));
        interview.askAtAllVersions(
                "of a consumer group's member",
                ApiKeys.SYNC_GROUP,
                (w, _) -> new SyncGroupRequestData()
                        .setGroupId(group)
                        .setMemberId(member.id())
                        .setGenerationId(member.epoch(w))
                        .setProtocolType("consumer")
                        .setProtocolName("range"));
        interview.ask("of a stranger to a consumer group", ApiKeys.LEAVE_GROUP, (_, _) -> {
            LeaveGroupRequestData request = new LeaveGroupRequestData().setGroupId(group);
            request.members().add(new LeaveGroupRequestData.MemberIdentity().setMemberId("stranger"));
            return request;
        });
        interview.ask(
                "of a consumer group with members",
                ApiKeys.DELETE_GROUPS,
                (_, _) -> new DeleteGroupsRequestData().setGroupsNames(List.of(group)));
        interview.askAtAllVersions(
                "with a consumer group",
                ApiKeys.LIST_GROUPS,
                (_, _) -> new ListGroupsRequestData().setTypesFilter(List.of("consumer")));
    }

    private static void staticMembers(Interview interview) throws Exception {
        ConsumerMember first = new ConsumerMember("settled-down", "first", TOPIC);
        ConsumerMember second = new ConsumerMember("settled-down", "second", TOPIC);
        first.beat(interview, "the join", (r, _) -> first.join(r).setInstanceId("i"));
        second.beat(interview, "the place is taken", (r, _) -> second.join(r).setInstanceId("i"));
        first.beat(interview, "another place", (r, _) -> r.setInstanceId("j"));
        first.beat(interview, "leaving without its name", (r, _) -> r.setMemberEpoch(-2));
        first.beat(
                interview, "leaving for a while", (r, _) -> r.setMemberEpoch(-2).setInstanceId("i"));
        describe(interview, "one away", "settled-down");
        second.beat(interview, "the place is free", (r, _) -> second.join(r).setInstanceId("i"));
        second.beat(interview, "what it has", second::all);
        first.beat(interview, "back too late", (r, _) -> r.setMemberEpoch(1).setInstanceId("i"));
        first.beat(interview, "leaving too late", (r, _) -> r.setMemberEpoch(-1).setInstanceId("i"));
        describe(interview, "another at its place", "settled-down");
        second.beat(
                interview, "leaving for good", (r, _) -> r.setMemberEpoch(-1).setInstanceId("i"));
        describe(interview, "nobody at the place", "settled-down");
    }

    private static void descriptions(Interview interview) throws Exception {
        describe(interview, "several", "shared", "unheard-of-consumers", "", "shared");
        describe(interview, "a classic one", "settled");
        interview.ask("of no group", ApiKeys.CONSUMER_GROUP_DESCRIBE, (_, _) -> new ConsumerGroupDescribeRequestData());
        interview.ask(
                "of a consumer group",
                ApiKeys.DELETE_GROUPS,
                (_, _) -> new DeleteGroupsRequestData().setGroupsNames(List.of("shared", "settled-down")));
        describe(interview, "deleted", "shared");
    }

    private static void describe(Interview interview, String about, String... groups) throws IOException {
        interview.askAtAllVersions(
                about,
                ApiKeys.CONSUMER_GROUP_DESCRIBE,
                (_, _) -> new ConsumerGroupDescribeRequestData().setGroupIds(List.of(groups)));
    }
}
