/**
 * Where coordinators live. {@link io.headrace.broker.coordination.Coordinators} takes an event to the shard that owns the
 * partition of its group; the {@link io.headrace.broker.coordination.CoordinatorHost} there loads the core if it has not
 * been needed before ({@link io.headrace.broker.coordination.CoordinatorLoading}, on disk threads) and is then an
 * {@link io.headrace.broker.coordination.ActiveCoordinator}: each step's records go into the log as one batch, and answers
 * leave when they are durable.
 */
package io.headrace.broker.coordination;
