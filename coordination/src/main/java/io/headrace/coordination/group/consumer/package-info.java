/**
 * Groups of the consumer protocol (KIP-848): members say in heartbeats what they subscribe to and own, and the group says
 * what each of them shall own.
 *
 * <p>A {@link io.headrace.coordination.group.consumer.ConsumerGroup} is what the records say. What a heartbeat changes in
 * it goes from one epoch to the next: a new subscription or topic raises the group epoch, an
 * {@link io.headrace.coordination.group.consumer.assignor.Assignor} makes a target for that epoch, and each member walks to
 * its part of the target by {@link io.headrace.coordination.group.consumer.Reconciliation}, giving up first and taking
 * only what nobody holds any more.
 */
package io.headrace.coordination.group.consumer;
