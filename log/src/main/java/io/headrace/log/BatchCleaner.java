package io.headrace.log;

import io.headrace.wire.BatchRewriter;
import io.headrace.wire.RecordBatch;
import io.headrace.wire.RecordCursor;
import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * Decides what is left of each batch of a log in one compaction: of every key the latest record, tombstones until their
 * horizon has passed, transaction markers until that and until nothing else is left of the transaction, and of every producer
 * the last batch. Batches come in the order of the log. The rules are Kafka's. Belongs to one compaction.
 */
final class BatchCleaner {

    /**
     * What holds for all of the compaction.
     *
     * @param highWatermark the batch that reaches it stays, even if empty: whoever reads up to there finds where that is
     * @param mappedUpTo records at or above it are kept: their keys are not known
     * @param nowMs wall time
     * @param deleteRetentionMs what a new horizon is ahead of it
     */
    record Rules(long highWatermark, long mappedUpTo, long nowMs, long deleteRetentionMs) {}

    private final KeyOffsets latest;
    private final LastBatches producers;
    private final CleanedTransactions transactions;
    private final Rules rules;
    private final RecordCursor records = new RecordCursor();
    private final BatchRewriter rewriter = new BatchRewriter();
    private final BitSet kept = new BitSet();
    private int recordCount;
    private boolean tombstones;

    BatchCleaner(KeyOffsets latest, LastBatches producers, CleanedTransactions transactions, Rules rules) {
        this.latest = latest;
        this.producers = producers;
        this.transactions = transactions;
        this.rules = rules;
    }

    /**
     * What to put in the place of the batch: its own bytes, as in its buffer, if it stays as it is; others if less is left of
     * it; null if nothing is. {@link io.headrace.wire.InvalidRecords} if its records cannot be read.
     */
    ByteBuffer clean(RecordBatch batch) {
        boolean control = batch.isControl();
        boolean gone = control ? transactions.isSpent(batch) : transactions.isAborted(batch);
        boolean spentMarker = control && gone;
        boolean dropped = control ? spentMarker && horizonHasPassed(batch) : gone;
        boolean stays = batch.nextOffset() == rules.highWatermark()
                || (batch.hasProducerId()
                        && producers.isLast(batch.producerId(), batch.producerEpoch(), batch.lastOffset(), control));
        if (dropped || batch.recordCount() == 0) {
            return stays ? BatchRewriter.emptied(batch) : null;
        }
        RecordBatch unfolded = rewriter.unfold(batch);
        select(unfolded, control);
        if (kept.isEmpty()) {
            return stays ? BatchRewriter.emptied(batch) : null;
        }
        boolean horizonDue = (tombstones || spentMarker) && batch.deleteHorizonMs() == RecordBatch.NO_DELETE_HORIZON;
        if (kept.cardinality() == recordCount && !horizonDue) {
            return batch.buffer().slice(batch.position(), batch.sizeInBytes());
        }
        return rewrite(
                batch, unfolded, horizonDue ? rules.nowMs() + rules.deleteRetentionMs() : batch.deleteHorizonMs());
    }

    private boolean horizonHasPassed(RecordBatch batch) {
        long horizonMs = batch.deleteHorizonMs();
        return horizonMs != RecordBatch.NO_DELETE_HORIZON && horizonMs <= rules.nowMs();
    }

    private void select(RecordBatch unfolded, boolean control) {
        kept.clear();
        recordCount = 0;
        tombstones = false;
        records.open(unfolded);
        boolean withoutTombstones = horizonHasPassed(unfolded);
        while (records.next()) {
            if (control || isKept(withoutTombstones)) {
                kept.set(recordCount);
                tombstones |= records.valueBytes() < 0;
            }
            recordCount++;
        }
    }

    private boolean isKept(boolean withoutTombstones) {
        if (records.offset() >= rules.mappedUpTo()) {
            return true;
        }
        return records.hasKey()
                && records.offset() >= latest.latest(records.key())
                && (records.valueBytes() >= 0 || !withoutTombstones);
    }

    private ByteBuffer rewrite(RecordBatch batch, RecordBatch unfolded, long horizonMs) {
        rewriter.begin(batch, horizonMs);
        records.open(unfolded);
        for (int index = 0; records.next(); index++) {
            if (kept.get(index)) {
                rewriter.keep(records);
            }
        }
        return rewriter.finish();
    }
}
