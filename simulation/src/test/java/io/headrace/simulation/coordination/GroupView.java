package io.headrace.simulation.coordination;

import io.headrace.coordination.Coordinator;
import io.headrace.coordination.CoordinatorEnv;
import io.headrace.coordination.Effect;
import io.headrace.coordination.group.GroupEvent;
import io.headrace.coordination.group.RequestContext;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.common.message.ConsumerGroupDescribeRequestData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.Assignment;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsResponseData;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.ListGroupsResponseData;
import org.apache.kafka.common.message.ListGroupsResponseData.ListedGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.protocol.ApiMessage;

/** All that a group coordinator tells of its groups and offsets, in words whose order means nothing. */
final class GroupView {

    private final Coordinator<GroupEvent> core;
    private final CoordinatorEnv env;
    private final NavigableSet<String> found = new TreeSet<>();

    GroupView(Coordinator<GroupEvent> core, CoordinatorEnv env) {
        this.core = core;
        this.env = env;
    }

    static RequestContext context(int version) {
        return new RequestContext((short) version, "client", "/127.0.0.1", false);
    }

    private ApiMessage answer(ApiMessage request, int version) {
        return ((Effect.Answer) core.step(new GroupEvent.Request(0, context(version), request), env)
                        .effects()
                        .getFirst())
                .response();
    }

    NavigableSet<String> everything() {
        for (ListedGroup group : ((ListGroupsResponseData) answer(new ListGroupsRequestData(), 5)).groups()) {
            String id = group.groupId();
            offsets(id, true, "stable ");
            offsets(id, false, "");
            if (!isShell(group)) {
                found.add(group.toString());
                describe(id);
                describeClassic(id);
            }
        }
        return found;
    }

    /**
     * Whether the group is nothing but a name under which there once were offsets: no record says that it exists, and the
     * coordinator drops it when it next looks for offsets that are too old.
     */
    private boolean isShell(ListedGroup group) {
        return group.groupState().equals("Empty")
                && group.protocolType().isEmpty()
                && found.stream().noneMatch(line -> line.startsWith("stable " + group.groupId() + ":"));
    }

    private void describe(String id) {
        ConsumerGroupDescribeResponseData response = (ConsumerGroupDescribeResponseData)
                answer(new ConsumerGroupDescribeRequestData().setGroupIds(List.of(id)), 1);
        var group = response.groups().getFirst();
        found.add(id + " " + group.errorCode() + " " + group.groupState() + " epoch " + group.groupEpoch() + ", target "
                + group.assignmentEpoch() + " by " + group.assignorName());
        for (var member : group.members()) {
            found.add(id + " " + member.memberId() + " epoch " + member.memberEpoch() + " type " + member.memberType()
                    + " reads " + member.subscribedTopicNames() + ", has " + partitions(member.assignment())
                    + ", target " + partitions(member.targetAssignment()));
        }
    }

    private static NavigableSet<String> partitions(Assignment assignment) {
        TreeSet<String> partitions = new TreeSet<>();
        assignment
                .topicPartitions()
                .forEach(topic ->
                        topic.partitions().forEach(number -> partitions.add(topic.topicName() + "-" + number)));
        return partitions;
    }

    private void describeClassic(String id) {
        DescribeGroupsResponseData response =
                (DescribeGroupsResponseData) answer(new DescribeGroupsRequestData().setGroups(List.of(id)), 6);
        var group = response.groups().getFirst();
        found.add(id + " " + group.errorCode() + " " + group.groupState() + " " + group.protocolType() + " "
                + group.protocolData());
        group.members().forEach(member -> found.add(id + " " + member));
    }

    private void offsets(String id, boolean stable, String word) {
        OffsetFetchRequestGroup group =
                new OffsetFetchRequestGroup().setGroupId(id).setTopics(null);
        OffsetFetchResponseData response = (OffsetFetchResponseData)
                answer(new OffsetFetchRequestData().setRequireStable(stable).setGroups(List.of(group)), 9);
        response.groups()
                .getFirst()
                .topics()
                .forEach(topic -> topic.partitions()
                        .forEach(partition -> found.add(word + id + ": " + topic.name() + " " + partition)));
    }
}
