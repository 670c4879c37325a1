package io.headrace.broker.coordination;

import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.protocol.ApiMessage;

/** Somebody who waits for a coordinator; is told exactly one of the two, exactly once. */
public interface Asker {

    /** All that the answer rests on is durable. */
    void answered(ApiMessage response);

    /** There is no coordinator that could answer now, or the one that was asked does not know what became of it. */
    void refused(ErrorCode error);
}
