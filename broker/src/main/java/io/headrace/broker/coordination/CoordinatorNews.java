package io.headrace.broker.coordination;

import io.headrace.log.LogIdentity;

/** What a person should hear of the coordinators. Called on any shard. */
@FunctionalInterface
public interface CoordinatorNews {

    /** What a coordinator wrote was lost, or it broke; it is read again. */
    void startedOver(LogIdentity partition, String why);
}
