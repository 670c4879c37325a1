package io.headrace.broker;

/**
 * Bounds of a broker that a test may have tighter.
 *
 * @param stopDiskMs milliseconds for which a stop waits for the disk
 * @param checkpointBytes that are flushed until the recovery points follow without waiting for the clock
 */
record BrokerBounds(long stopDiskMs, long checkpointBytes) {

    static final BrokerBounds DEFAULT = new BrokerBounds(Limits.STOP_DISK_MS, Limits.CHECKPOINT_BYTES);
}
