package io.headrace.coordination.group.consumer;

/** Which groups with members may change their protocol ({@code group.consumer.migration.policy}). */
public enum MigrationPolicy {
    BIDIRECTIONAL,
    UPGRADE,
    DOWNGRADE,
    DISABLED;

    /** From classic to consumer, when the first member of the consumer protocol joins. */
    boolean allowsUpgrade() {
        return this == BIDIRECTIONAL || this == UPGRADE;
    }

    /** From consumer to classic, when the last member of the consumer protocol leaves. */
    boolean allowsDowngrade() {
        return this == BIDIRECTIONAL || this == DOWNGRADE;
    }
}
