package io.headrace.broker.coordination;

import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.protocol.ApiMessage;

/** What a coordinator that was asked along with others had to say: a response, or why there is none. */
public sealed interface Reply {

    record Answered(ApiMessage response) implements Reply {}

    record Refused(ErrorCode error) implements Reply {}
}
