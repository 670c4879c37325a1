package io.headrace.log;

import io.headrace.wire.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;

/** Leaves out what a consumer with {@code isolation.level=read_committed} leaves out. */
final class CommittedReader {

    private CommittedReader() {}

    /** Adds the offsets from the position on that the consumer is given; returns where it reads on. */
    static long read(LogSlice slice, long position, List<Long> offsets) throws IOException {
        Queue<AbortedTransaction> ahead =
                new PriorityQueue<>(Comparator.comparingLong(AbortedTransaction::firstOffset));
        ahead.addAll(slice.aborted());
        Set<Long> aborted = new TreeSet<>();
        long next = position;
        for (ByteBuffer bytes : LogDriver.batches(LogDriver.content(slice))) {
            RecordBatch batch = new RecordBatch();
            batch.wrap(bytes, 0);
            while (!ahead.isEmpty() && ahead.peek().firstOffset() <= batch.lastOffset()) {
                aborted.add(ahead.poll().producerId());
            }
            if (batch.isControl()) {
                if (!TransactionMarker.in(batch).commit()) {
                    aborted.remove(batch.producerId());
                }
            } else if (!(batch.isTransactional() && aborted.contains(batch.producerId()))) {
                for (long offset = Math.max(position, batch.baseOffset()); offset <= batch.lastOffset(); offset++) {
                    offsets.add(offset);
                }
            }
            next = batch.nextOffset();
        }
        return next;
    }
}
