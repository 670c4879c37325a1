/**
 * What a fetch is made of. {@link io.headrace.broker.fetch.FetchSessions} turns a request into the full list of
 * {@link io.headrace.broker.fetch.FetchPosition}s that it stands for, {@link io.headrace.broker.fetch.PendingFetch} has
 * a {@link io.headrace.broker.fetch.PartitionReader} read each on the shard that owns it and waits there while there is too
 * little to send, and the {@link io.headrace.broker.fetch.FetchScope} says which of the results the client needs to see.
 */
package io.headrace.broker.fetch;
