package io.headrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {

    @ParameterizedTest
    @EnumSource(Errors.class)
    void everyErrorOfKafkaIsInTheTable(Errors kafkas) {
        ErrorCode ours = ErrorCode.valueOf(kafkas.name());

        assertThat(ours.code()).isEqualTo(kafkas.code());
        assertThat(ours.retriable()).isEqualTo(kafkas.exception() instanceof RetriableException);
        assertThat(ErrorCode.forCode(kafkas.code())).isEqualTo(ours);
    }

    @Test
    void theTableHasNothingElse() {
        assertThat(Arrays.stream(ErrorCode.values()).map(Enum::name))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Errors.values()).map(Enum::name).toList());
    }

    @Test
    void aNumberBeyondTheTableIsAnUnknownServerError() {
        assertThat(ErrorCode.forCode((short) 137)).isEqualTo(ErrorCode.UNKNOWN_SERVER_ERROR);
        assertThat(ErrorCode.forCode((short) -2)).isEqualTo(ErrorCode.UNKNOWN_SERVER_ERROR);
        assertThat(ErrorCode.forCode(Short.MAX_VALUE)).isEqualTo(ErrorCode.UNKNOWN_SERVER_ERROR);
    }
}
