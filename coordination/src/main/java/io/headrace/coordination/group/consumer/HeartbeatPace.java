package io.headrace.coordination.group.consumer;

/**
 * How long a member is told to wait until its next heartbeat. A change in the group reaches the others with their next
 * heartbeats, so the shorter the sooner the group settles; the coordinator's members together send at most some 20 a
 * second, beyond which they slow down to the configured interval.
 */
final class HeartbeatPace {

    /** A member that waits for others to release what it is to get asks that often. */
    private static final int WAITING_MS = 50;

    private static final int QUICKEST_MS = 200;
    private static final int MS_PER_MEMBER = 50;

    private HeartbeatPace() {}

    /** @param members of all groups of the coordinator */
    static int intervalMs(ConsumerGroupSettings settings, int members, MemberState state) {
        if (!settings.quickHeartbeats()) {
            return settings.heartbeatIntervalMs();
        }
        int quickest = state == MemberState.UNRELEASED_PARTITIONS ? WAITING_MS : QUICKEST_MS;
        int affordable = members * (MS_PER_MEMBER * quickest / QUICKEST_MS);
        return Math.min(settings.heartbeatIntervalMs(), Math.max(quickest, affordable));
    }
}
