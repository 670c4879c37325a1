package io.headrace.broker.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.protocol.MessageUtil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JoinGroupApiTest {

    @ParameterizedTest
    @ValueSource(shorts = {2, 5, 6, 7, 9})
    void aRefusalCanBeWrittenInEveryVersion(short version) {
        JoinGroupResponseData refusal = JoinGroupApi.refusal(ErrorCode.NOT_COORDINATOR, version);

        assertThat(new JoinGroupResponseData(MessageUtil.toByteBufferAccessor(refusal, version), version).errorCode())
                .isEqualTo(ErrorCode.NOT_COORDINATOR.code());
    }
}
