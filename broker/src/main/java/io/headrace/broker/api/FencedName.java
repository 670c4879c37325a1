package io.headrace.broker.api;

import io.headrace.wire.ErrorCode;

/** What a client calls it that another producer has taken its place (KIP-588). */
final class FencedName {

    private FencedName() {}

    /** The error as a client of the version knows it. */
    static ErrorCode in(short version, short firstWithName, ErrorCode error) {
        return error == ErrorCode.PRODUCER_FENCED && version < firstWithName ? ErrorCode.INVALID_PRODUCER_EPOCH : error;
    }
}
