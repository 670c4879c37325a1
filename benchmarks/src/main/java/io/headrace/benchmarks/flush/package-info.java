/**
 * What an acknowledgement after fsync costs, on plain files.
 *
 * <p>{@link io.headrace.benchmarks.flush.FlushBench} runs each {@link io.headrace.benchmarks.flush.Variant}: a
 * {@link io.headrace.benchmarks.flush.ClosedLoop} of producers appends to {@link io.headrace.benchmarks.flush.PartitionFile}s
 * from one owner thread, as a shard does, and a {@link io.headrace.benchmarks.flush.FlushScheme} says when appends are
 * durable. {@code docs/decisions/002-flushing.md} holds the figures.
 */
package io.headrace.benchmarks.flush;
