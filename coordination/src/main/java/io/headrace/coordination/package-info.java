/**
 * The coordinators: each is the core of one partition of {@code __consumer_offsets} or {@code __transaction_state}.
 *
 * <p>A request becomes an event with a ticket. {@link io.headrace.coordination.Coordinator#step} decides and returns a
 * {@link io.headrace.coordination.Step}: the {@link io.headrace.coordination.CoordinatorRecord}s that make it so, already
 * applied, and {@link io.headrace.coordination.Effect}s: answers to tickets, of this event or of ones that have been
 * waiting, and timers, whose firing is an event again. {@link io.headrace.coordination.RecordCodec} gives the records
 * Kafka's form.
 */
package io.headrace.coordination;
