package io.headrace.coordination.group;

import io.headrace.coordination.StepDraft;
import io.headrace.coordination.group.offsets.OffsetDeletion;
import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.DeleteGroupsResponseData;
import org.apache.kafka.common.message.DeleteGroupsResponseData.DeletableGroupResult;
import org.apache.kafka.common.message.DeleteGroupsResponseData.DeletableGroupResultCollection;

/**
 * DeleteGroups: groups without members, and their offsets with them. If those are more than a batch can hold, the client is
 * told to try again, which goes on with the rest.
 */
final class GroupDeletion {

    private final Groups groups;
    private final OffsetDeletion offsets;

    GroupDeletion(Groups groups, OffsetDeletion offsets) {
        this.groups = groups;
        this.offsets = offsets;
    }

    void delete(long ticket, DeleteGroupsRequestData request, StepDraft draft) {
        DeletableGroupResultCollection results = new DeletableGroupResultCollection();
        for (String groupId : request.groupsNames()) {
            results.add(new DeletableGroupResult()
                    .setGroupId(groupId)
                    .setErrorCode(delete(groupId, draft).code()));
        }
        draft.answer(ticket, new DeleteGroupsResponseData().setResults(results));
    }

    private ErrorCode delete(String groupId, StepDraft draft) {
        Group group = groups.get(groupId);
        if (group == null) {
            return ErrorCode.GROUP_ID_NOT_FOUND;
        }
        ErrorCode refusal = group.validateDeletion();
        if (refusal != ErrorCode.NONE) {
            return refusal;
        }
        if (!offsets.deleteAll(groupId, draft)) {
            return ErrorCode.COORDINATOR_LOAD_IN_PROGRESS;
        }
        group.delete(draft);
        return ErrorCode.NONE;
    }
}
