package io.headrace.coordination.transaction;

/**
 * Of all transaction coordinators of a broker, in milliseconds.
 *
 * @param maxTimeoutMs {@code transaction.max.timeout.ms}
 * @param expirationMs {@code transactional.id.expiration.ms}
 * @param expirationCheckMs {@code transaction.remove.expired.transaction.cleanup.interval.ms}
 */
public record TransactionSettings(int maxTimeoutMs, int expirationMs, int expirationCheckMs) {}
