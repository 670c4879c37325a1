package io.headrace.coordination.group.consumer;

/** A member of a consumer group: what it said, and what it has. Two records together. */
public record ConsumerGroupMember(String id, MemberMetadata metadata, CurrentAssignment current) {

    static ConsumerGroupMember joining(String id) {
        return new ConsumerGroupMember(id, MemberMetadata.NONE, CurrentAssignment.OF_NEW_MEMBER);
    }

    ConsumerGroupMember with(MemberMetadata newMetadata) {
        return new ConsumerGroupMember(id, newMetadata, current);
    }

    ConsumerGroupMember with(CurrentAssignment newCurrent) {
        return new ConsumerGroupMember(id, metadata, newCurrent);
    }

    int epoch() {
        return current.epoch();
    }

    boolean isClassic() {
        return metadata.isClassic();
    }
}
