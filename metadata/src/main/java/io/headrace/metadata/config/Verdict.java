package io.headrace.metadata.config;

/** What a key says to a value. */
public sealed interface Verdict {

    /** The value is good; {@code value} is it, typed. */
    record Accepted(ConfigValue value) implements Verdict {}

    /** The value cannot be; the message names key, value and what would be accepted. The error is INVALID_CONFIG. */
    record Refused(String message) implements Verdict {}
}
