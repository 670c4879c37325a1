/**
 * The broker: what the APIs of the protocol do. A frame arrives at the {@link io.headrace.broker.RequestRouter} of its
 * connection's shard, becomes a {@link io.headrace.broker.Request}, and goes to the one class that
 * {@link io.headrace.broker.ApiTable} names for its API. That class answers from the immutable metadata image, asks
 * partitions on the shards that own them through {@link io.headrace.broker.Scatter}, or hands the controller on shard 0 an
 * event. {@link io.headrace.broker.Broker} wires all of it and starts and stops it.
 */
package io.headrace.broker;
