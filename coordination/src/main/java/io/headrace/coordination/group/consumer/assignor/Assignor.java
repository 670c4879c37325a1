package io.headrace.coordination.group.consumer.assignor;

import io.headrace.coordination.group.consumer.TopicIdPartition;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.Uuid;

/** Distributes every partition of the topics that somebody subscribes to among their subscribers. */
public enum Assignor {
    /** As even as the subscriptions allow, and no partition moves without need. */
    UNIFORM("uniform") {
        @Override
        public NavigableMap<String, NavigableSet<TopicIdPartition>> assign(
                Collection<Subscriber> subscribers, ToIntFunction<Uuid> partitionCount) {
            return new UniformAssignment(subscribers, partitionCount).build();
        }
    },

    /** Of each topic a range of partitions to each subscriber, so that equal partitions of topics come together. */
    RANGE("range") {
        @Override
        public NavigableMap<String, NavigableSet<TopicIdPartition>> assign(
                Collection<Subscriber> subscribers, ToIntFunction<Uuid> partitionCount) {
            return RangeAssignment.build(subscribers, partitionCount);
        }
    };

    private final String protocolName;

    Assignor(String protocolName) {
        this.protocolName = protocolName;
    }

    /** As members and configuration call it. */
    public String protocolName() {
        return protocolName;
    }

    public static Optional<Assignor> named(String protocolName) {
        for (Assignor assignor : values()) {
            if (assignor.protocolName.equals(protocolName)) {
                return Optional.of(assignor);
            }
        }
        return Optional.empty();
    }

    /**
     * The target of each member, by member id.
     *
     * @param partitionCount of any topic that a subscriber names
     */
    public abstract NavigableMap<String, NavigableSet<TopicIdPartition>> assign(
            Collection<Subscriber> subscribers, ToIntFunction<Uuid> partitionCount);
}
