package io.headrace.coordination.group.consumer;

import io.headrace.coordination.group.consumer.assignor.Assignor;
import java.util.List;

/**
 * What is configured for a group of the consumer protocol, by itself ({@code consumer.*}) or else by the broker
 * ({@code group.consumer.*}).
 *
 * @param sessionTimeoutMs without a heartbeat, after which a member is out
 * @param heartbeatIntervalMs the longest that members are told to keep
 * @param quickHeartbeats whether members of small groups are told to keep a shorter one; false where somebody has configured
 *     the interval
 * @param assignmentIntervalMs the least between two targets; 0 for a target at once
 * @param maxSize members of one group
 * @param assignors that members can choose from, the default one first
 * @param regexRefreshIntervalMs after which topic patterns are matched again though no topic seems to have changed
 */
public record ConsumerGroupSettings(
        int sessionTimeoutMs,
        int heartbeatIntervalMs,
        boolean quickHeartbeats,
        int assignmentIntervalMs,
        int maxSize,
        List<Assignor> assignors,
        MigrationPolicy migration,
        int regexRefreshIntervalMs) {

    /** Kafka's, but that nobody waits: heartbeats are quick, and targets are made at once. */
    public static ConsumerGroupSettings defaults() {
        return new ConsumerGroupSettings(
                45_000,
                5_000,
                true,
                0,
                Integer.MAX_VALUE,
                List.of(Assignor.UNIFORM, Assignor.RANGE),
                MigrationPolicy.BIDIRECTIONAL,
                600_000);
    }

    Assignor defaultAssignor() {
        return assignors.getFirst();
    }

    /** The settings of each group. */
    @FunctionalInterface
    public interface ByGroup {

        /** As configured now. */
        ConsumerGroupSettings of(String groupId);
    }
}
