package io.headrace.coordination.group.classic;

import io.headrace.coordination.group.Group;
import io.headrace.coordination.group.Groups;
import io.headrace.wire.ErrorCode;
import java.util.List;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsResponseData;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroup;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroupMember;

/** DescribeGroups: of classic groups. A group that is none is shown as dead. */
final class DescribeClassicGroups {

    /** From then on it is also an error. */
    private static final short NOT_FOUND_VERSION = 6;

    private static final String DEAD = "Dead";

    private final Groups groups;

    DescribeClassicGroups(Groups groups) {
        this.groups = groups;
    }

    DescribeGroupsResponseData describe(DescribeGroupsRequestData request, short version) {
        List<DescribedGroup> described = request.groups().stream()
                .map(groupId -> groups.get(groupId) instanceof ClassicGroup group
                        ? describe(group)
                        : dead(groupId, groups.get(groupId), version))
                .toList();
        return new DescribeGroupsResponseData().setGroups(described);
    }

    private static DescribedGroup describe(ClassicGroup group) {
        boolean stable = group.classicState() == ClassicState.STABLE;
        return new DescribedGroup()
                .setGroupId(group.groupId())
                .setGroupState(group.state())
                .setProtocolType(group.protocolType())
                .setProtocolData(stable ? group.protocolName() : "")
                .setMembers(group.allMembers().stream()
                        .map(member -> describe(member)
                                .setMemberMetadata(
                                        stable ? member.metadata(group.protocolName()) : ClassicMember.NO_ASSIGNMENT))
                        .toList());
    }

    private static DescribedGroupMember describe(ClassicMember member) {
        return new DescribedGroupMember()
                .setMemberId(member.memberId())
                .setGroupInstanceId(member.instanceId())
                .setClientId(member.clientId())
                .setClientHost(member.clientHost())
                .setMemberAssignment(member.assignment());
    }

    private static DescribedGroup dead(String groupId, Group other, short version) {
        DescribedGroup dead = new DescribedGroup().setGroupId(groupId).setGroupState(DEAD);
        if (version < NOT_FOUND_VERSION) {
            return dead;
        }
        return dead.setErrorCode(ErrorCode.GROUP_ID_NOT_FOUND.code())
                .setErrorMessage(
                        other == null
                                ? "Group " + groupId + " not found."
                                : "Group " + groupId + " is not a classic group.");
    }
}
