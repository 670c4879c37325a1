package io.headrace.coordination.group;

/** The defaults, but for one of them. */
final class Settings {

    private static final GroupSettings DEFAULTS = GroupSettings.defaults();

    private Settings() {}

    static GroupSettings initialRebalanceDelayMs(int delayMs) {
        return with(
                DEFAULTS.maxSize(), delayMs, DEFAULTS.offsetsRetentionMs(), DEFAULTS.offsetsRetentionCheckIntervalMs());
    }

    static GroupSettings maxSize(int members) {
        return with(members, 0, DEFAULTS.offsetsRetentionMs(), DEFAULTS.offsetsRetentionCheckIntervalMs());
    }

    static GroupSettings offsetsRetentionMs(long retentionMs, long checkIntervalMs) {
        return with(DEFAULTS.maxSize(), 0, retentionMs, checkIntervalMs);
    }

    private static GroupSettings with(
            int maxSize, int initialRebalanceDelayMs, long offsetsRetentionMs, long checkIntervalMs) {
        return new GroupSettings(
                DEFAULTS.minSessionTimeoutMs(),
                DEFAULTS.maxSessionTimeoutMs(),
                maxSize,
                initialRebalanceDelayMs,
                DEFAULTS.offsetMetadataMaxBytes(),
                offsetsRetentionMs,
                checkIntervalMs);
    }
}
