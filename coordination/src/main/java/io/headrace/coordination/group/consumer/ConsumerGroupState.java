package io.headrace.coordination.group.consumer;

/** What a consumer group is doing, as clients are told. */
public enum ConsumerGroupState {
    EMPTY("Empty"),
    /** A change has been seen, and there is no target for it yet. */
    ASSIGNING("Assigning"),
    /** Members are on their way to the target. */
    RECONCILING("Reconciling"),
    STABLE("Stable");

    private final String protocolName;

    ConsumerGroupState(String protocolName) {
        this.protocolName = protocolName;
    }

    public String protocolName() {
        return protocolName;
    }
}
