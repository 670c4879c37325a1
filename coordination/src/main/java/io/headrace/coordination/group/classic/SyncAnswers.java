package io.headrace.coordination.group.classic;

import io.headrace.coordination.StepDraft;
import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.message.SyncGroupResponseData;

/** The responses to SyncGroup. */
final class SyncAnswers {

    private SyncAnswers() {}

    static void refuse(Asker asker, ErrorCode error, StepDraft draft) {
        draft.answer(
                asker.ticket(),
                new SyncGroupResponseData().setErrorCode(error.code()).setAssignment(ClassicMember.NO_ASSIGNMENT));
    }

    static void accept(Asker asker, ClassicGroup group, ClassicMember member, StepDraft draft) {
        draft.answer(
                asker.ticket(),
                new SyncGroupResponseData()
                        .setProtocolType(group.protocolType())
                        .setProtocolName(group.protocolName())
                        .setAssignment(member.assignment()));
    }
}
