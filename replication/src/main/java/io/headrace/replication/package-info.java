/**
 * A partition and its leader. {@link io.headrace.replication.LeaderPartition} is the state machine that a shard owns for
 * each partition it leads: it opens the log on first use, and goes offline or starts over when the log can no longer be
 * trusted; {@link io.headrace.replication.FileWork} tells it when the files are its own again. While it is open, {@link io.headrace.replication.LeaderLog} leads: it places appends, keeps one flush under
 * way while anything is dirty, raises the high watermark to what is durable, and only then lets the
 * {@link io.headrace.replication.DeferredReplies} go and wakes the readers that wait at the end.
 *
 * <p>On a single node the in-sync replicas are this one, so the high watermark is the flushed offset.
 */
package io.headrace.replication;
