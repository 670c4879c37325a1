package io.headrace.broker.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.wire.ErrorCode;
import org.junit.jupiter.api.Test;

final class HeartbeatApiTest {

    @Test
    void aMemberIsNotAlarmedWhileTheCoordinatorLoads() {
        assertThat(HeartbeatApi.refusal(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS).errorCode())
                .isEqualTo(ErrorCode.NONE.code());
        assertThat(HeartbeatApi.refusal(ErrorCode.NOT_COORDINATOR).errorCode())
                .isEqualTo(ErrorCode.NOT_COORDINATOR.code());
    }
}
