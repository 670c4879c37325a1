/**
 * A partition and its leader. {@link io.headrace.replication.LeaderPartition} is what a shard holds of each partition that it
 * leads, and what requests ask. Whether there is a log to answer from is the affair of {@code LogLifecycle}, a state machine:
 * it opens the log on first use, and goes offline or starts over when the log can no longer be trusted; {@code FileWork} tells
 * it when the files are its own again. While the log is open, {@code LeaderLog} leads: it places appends, as far as its {@code
 * BudgetShare} allows, keeps one flush under way while anything is dirty, raises the high watermark to what is durable, and
 * only then lets the {@code DeferredReplies} go and wakes the {@code Watchers} that wait at the end. {@code LeaderReads} reads,
 * on disk threads where it must; {@code LeaderCompaction} compacts one step at a time, and {@code ReadsUnderWay} says when it
 * may exchange files.
 *
 * <p>On a single node the in-sync replicas are this one, so the high watermark is the flushed offset, or the log end where {@link
 * io.headrace.replication.Visibility} says so.
 */
package io.headrace.replication;
