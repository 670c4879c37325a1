package io.headrace.coordination;

import org.apache.kafka.common.protocol.ApiMessage;

/** What a coordinator wants done outside of itself. */
public sealed interface Effect {

    /**
     * The response to the event that carried the ticket, in this step or an earlier one. To be let go once every record
     * that has been applied so far is durable.
     */
    record Answer(long ticket, ApiMessage response) implements Effect {}

    /** Wakes the coordinator at that time with the key; replaces what the key was set to before. */
    record Timer(Object key, long atMonotonicMs) implements Effect {}

    /**
     * Work for others, of a kind that both sides know; what it came to comes back as an event. To be begun once every record
     * that has been applied so far is durable.
     */
    record Task(Object what) implements Effect {}

    /** Takes back a {@link Timer}; one that was not set is no mistake. */
    record CancelTimer(Object key) implements Effect {}
}
