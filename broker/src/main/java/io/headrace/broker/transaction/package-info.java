/**
 * Transactions in a running broker: {@link io.headrace.broker.transaction.TransactionKind} makes their coordinators and does
 * what those ask for, {@link io.headrace.broker.transaction.MarkerWriter} takes the outcome to the partitions, and {@link
 * io.headrace.broker.transaction.TransactionVerifier} lets into a partition only what belongs to a transaction.
 */
package io.headrace.broker.transaction;
