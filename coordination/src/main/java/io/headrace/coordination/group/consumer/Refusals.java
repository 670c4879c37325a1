package io.headrace.coordination.group.consumer;

import io.headrace.coordination.group.Group;
import io.headrace.wire.ErrorCode;

/** Refusals that several requests share. */
final class Refusals {

    private Refusals() {}

    /** @param group what there is instead, null if there is nothing */
    static Refusal notFound(String groupId, Group group) {
        return new Refusal(
                ErrorCode.GROUP_ID_NOT_FOUND,
                group == null ? "Group " + groupId + " not found." : "Group " + groupId + " is not a consumer group.");
    }
}
