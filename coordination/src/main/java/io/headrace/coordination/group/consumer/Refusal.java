package io.headrace.coordination.group.consumer;

import io.headrace.wire.ErrorCode;

/** Why a request is not done, for the client and in words. */
record Refusal(ErrorCode error, String message) {}
