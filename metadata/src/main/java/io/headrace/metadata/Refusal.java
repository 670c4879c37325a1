package io.headrace.metadata;

import io.headrace.wire.ErrorCode;

/**
 * Why one element of a request is not done. The message is for the person who sent it, null where the error says it all.
 */
record Refusal(ErrorCode error, String message) {

    /** Of a whole request, whose records become one batch; null if it is not too large for one. */
    static Refusal ofSize(long partitions, long configChars) {
        if (partitions > Limits.PARTITIONS_PER_REQUEST) {
            return new Refusal(
                    ErrorCode.POLICY_VIOLATION,
                    "The request asks for " + partitions + " new partitions; one request may have at most "
                            + Limits.PARTITIONS_PER_REQUEST + ".");
        }
        if (configChars > Limits.CONFIG_CHARS_PER_REQUEST) {
            return new Refusal(
                    ErrorCode.POLICY_VIOLATION,
                    "The request has " + configChars + " characters of configuration; one request may have at most "
                            + Limits.CONFIG_CHARS_PER_REQUEST + ".");
        }
        return null;
    }

    /** Of new partitions beside those that there are; null if there is room for them. */
    static Refusal ofTotal(long partitions) {
        return partitions <= Limits.PARTITIONS_TOTAL
                ? null
                : new Refusal(
                        ErrorCode.INVALID_PARTITIONS,
                        "The cluster would have " + partitions + " partitions; at most " + Limits.PARTITIONS_TOTAL
                                + " are possible.");
    }
}
