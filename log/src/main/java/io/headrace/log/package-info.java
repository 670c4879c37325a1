/**
 * The log of one partition, in Kafka's own files.
 *
 * <p>{@link io.headrace.log.PartitionLog} is what its owner holds. A batch goes in through {@code LogWriter}: {@link
 * io.headrace.log.AppendValidator} (may it be stored?), {@link io.headrace.log.ProducerStates} (is it a repetition?) and
 * {@code ActiveSegment}, which writes it at its end and notes it in {@code RecentBatches} and {@code SegmentIndex}. It comes
 * out through {@code LogReader} as a {@link io.headrace.log.LogSlice}: at once if it was written or read through not long ago,
 * else by way of a {@code ColdRead} on a disk thread, where {@code SegmentReader} finds it and {@code BatchScanner} verifies
 * it.
 *
 * <p>Of transactions the log knows three things. {@code OpenTransactions} says how far a read_committed reader may go.
 * {@code AbortedIndex} has those whose records it leaves out, in the active segment; {@code AbortedLookup} finds them in
 * the {@code .txnindex} of the others. A {@link io.headrace.log.Verification} keeps a late batch out of the transaction after
 * its own (KIP-890).
 *
 * <p>Everything that has to wait for the disk is a ticket: its owner begins it, a disk thread runs it, its owner completes
 * it. {@link io.headrace.log.FlushTicket} makes batches durable, and as a checkpoint what a restart needs to know beside them;
 * {@code LogDurability} keeps account of both. {@link io.headrace.log.RollTicket} begins a new segment; {@link
 * io.headrace.log.RetentionTicket} takes old ones away, as {@code Retention} decides; {@link io.headrace.log.CloseTicket}
 * leaves the directory as Kafka would.
 *
 * <p>A {@link io.headrace.log.CompactionPass} over a {@code CompactionRange} is run the same way, step by step: {@code
 * KeyMapping} learns the latest offset of each key, {@code SegmentCleaning} writes segments anew without what {@code
 * BatchCleaner} leaves out, and a {@link io.headrace.log.SegmentReplacement} puts them in the place of the old.
 *
 * <p>{@code LogRecovery} opens what is there: {@code SegmentScan} reads the end of the log from the recovery point on,
 * {@code ProducerRecovery} brings the producers up to it and {@code AbortedRecovery} the {@code .txnindex} files. Below the
 * recovery point nothing is read, and nothing is ever repaired.
 */
package io.headrace.log;
