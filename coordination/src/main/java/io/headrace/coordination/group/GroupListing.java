package io.headrace.coordination.group;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.ListGroupsResponseData;
import org.apache.kafka.common.message.ListGroupsResponseData.ListedGroup;

/** ListGroups: those in the states and of the types that are asked for, or all. Names are compared without case. */
final class GroupListing {

    private GroupListing() {}

    static ListGroupsResponseData list(ListGroupsRequestData request, Collection<Group> groups) {
        return new ListGroupsResponseData()
                .setGroups(groups.stream()
                        .filter(group -> matches(group.state(), request.statesFilter()))
                        .filter(group -> matches(group.type().wireName(), request.typesFilter()))
                        .map(group -> new ListedGroup()
                                .setGroupId(group.groupId())
                                .setProtocolType(group.protocolType())
                                .setGroupState(group.state())
                                .setGroupType(group.type().wireName()))
                        .toList());
    }

    private static boolean matches(String name, List<String> wanted) {
        return wanted.isEmpty()
                || wanted.stream()
                        .anyMatch(each -> each.trim().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)));
    }
}
