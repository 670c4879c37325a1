/**
 * Coordinating transactions. {@link io.headrace.coordination.transaction.TransactionCoordinator} is the core of one partition
 * of {@code __transaction_state}; {@code TransactionState} is what it knows of one transactional id, and each of its records
 * is one of those. {@code ProducerIdInit} begins and fences producers, {@code TransactionPartitions} takes partitions in,
 * {@code TransactionEnd} decides how a transaction ends: first the outcome is written, then a {@link
 * io.headrace.coordination.transaction.TransactionTask} takes the markers to the partitions, then the completion is written.
 * A crash between any two of them is made good when the partition is loaded.
 */
package io.headrace.coordination.transaction;
