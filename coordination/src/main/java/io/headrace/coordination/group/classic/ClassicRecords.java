package io.headrace.coordination.group.classic;

import io.headrace.coordination.CoordinatorRecord;
import java.util.List;
import java.util.Map;
import org.apache.kafka.coordinator.group.generated.GroupMetadataKey;
import org.apache.kafka.coordinator.group.generated.GroupMetadataValue;

/** The records of classic groups. One record holds a whole generation. */
final class ClassicRecords {

    private static final short VERSION = 3;

    private ClassicRecords() {}

    /** Of a group that has just been asked for. */
    static CoordinatorRecord newGroup(String groupId, long wallMs) {
        return record(
                groupId,
                new GroupMetadataValue()
                        .setProtocolType("")
                        .setGeneration(0)
                        .setProtocol(null)
                        .setLeader(null)
                        .setCurrentStateTimestamp(wallMs)
                        .setMembers(List.of()));
    }

    /** Of the group's generation with these assignments, by member id; who is left out gets none. */
    static CoordinatorRecord generation(ClassicGroup group, Map<String, byte[]> assignments) {
        return record(
                group.groupId(),
                new GroupMetadataValue()
                        .setProtocolType(group.protocolType())
                        .setGeneration(group.generation())
                        .setProtocol(group.protocolName())
                        .setLeader(group.leaderId())
                        .setCurrentStateTimestamp(group.stateSinceMs())
                        .setMembers(group.members().all().stream()
                                .map(member -> member.toRecord(
                                        group.protocolName(),
                                        assignments.getOrDefault(member.memberId(), ClassicMember.NO_ASSIGNMENT)))
                                .toList()));
    }

    static CoordinatorRecord tombstone(String groupId) {
        return CoordinatorRecord.tombstone(key(groupId));
    }

    private static CoordinatorRecord record(String groupId, GroupMetadataValue value) {
        return new CoordinatorRecord(key(groupId), value, VERSION);
    }

    private static GroupMetadataKey key(String groupId) {
        return new GroupMetadataKey().setGroup(groupId);
    }
}
