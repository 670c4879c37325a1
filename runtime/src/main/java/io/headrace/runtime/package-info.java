/**
 * Threads, sockets and files: the part of the broker that touches the machine, and knows no API.
 *
 * <p>A {@link io.headrace.runtime.Listener} accepts connections and deals them out to the shards of a
 * {@link io.headrace.runtime.ShardGroup}. Each {@link io.headrace.runtime.Shard} reads frames from its
 * {@link io.headrace.runtime.Connection}s and hands every one as an {@link io.headrace.runtime.Exchange} to its
 * {@link io.headrace.runtime.RequestHandler}; the answers leave in the order of the requests. Blocking file work goes to
 * {@link io.headrace.runtime.DiskThreads} and comes back as a message.
 */
package io.headrace.runtime;
