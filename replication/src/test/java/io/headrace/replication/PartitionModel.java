package io.headrace.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.log.LogSlice;
import io.headrace.wire.RecordBatch;
import io.headrace.wire.RecordCursor;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What is known of a partition from outside: a number at an offset, once acknowledged or read, is there for good, and
 * nowhere else; of each producer the numbers rise; the high watermark does not fall.
 */
final class PartitionModel {

    private final TreeMap<Long, Long> numbers = new TreeMap<>();
    private final Map<Long, Long> offsets = new HashMap<>();
    private long logStart;
    private long highWatermark;

    long logStart() {
        return logStart;
    }

    long highWatermark() {
        return highWatermark;
    }

    void startsAt(long newLogStart) {
        logStart = Math.max(logStart, newLogStart);
    }

    /** One that a reader may ask for. */
    long anyOffset(SplittableRandom random) {
        return random.nextLong(logStart, highWatermark + 1);
    }

    void acknowledged(long baseOffset, long lastOffset, long firstNumber) {
        for (long offset = baseOffset; offset <= lastOffset; offset++) {
            holds(offset, firstNumber + offset - baseOffset);
        }
    }

    private void holds(long offset, long number) {
        Long before = numbers.putIfAbsent(offset, number);
        assertThat(before == null || before == number)
                .as("offset %d held %d and holds %d", offset, before, number)
                .isTrue();
        Long elsewhere = offsets.putIfAbsent(number, offset);
        assertThat(elsewhere == null || elsewhere == offset)
                .as("number %d is at %d and at %d", number, elsewhere, offset)
                .isTrue();
    }

    /** Returns the offset to read on from. */
    long read(long from, ReadResult result) {
        assertThat(result.highWatermark()).isGreaterThanOrEqualTo(highWatermark);
        highWatermark = result.highWatermark();
        startsAt(result.logStartOffset());
        long next = from;
        for (RecordBatch batch : SliceContent.batches(result.slice())) {
            assertThat(batch.baseOffset()).isLessThanOrEqualTo(next);
            assertThat(batch.lastOffset()).isBetween(next, highWatermark - 1);
            next = batch.nextOffset();
        }
        assertThat(next > from || from >= highWatermark || from < logStart)
                .as("nothing was read from %d, below %d", from, highWatermark)
                .isTrue();
        sent(result.slice());
        return next;
    }

    /** Whatever has become of the log since, a slice holds what it held. */
    void sent(LogSlice slice) {
        for (RecordBatch batch : SliceContent.batches(slice)) {
            try (RecordCursor records = new RecordCursor()) {
                records.open(batch);
                while (records.next()) {
                    holds(records.offset(), records.value().getLong());
                }
            }
        }
    }

    /** After all has been read: what was acknowledged is among it, and in order. */
    void checkRead() {
        Map<Long, Long> lastNumbers = new HashMap<>();
        long next = numbers.isEmpty() ? 0 : numbers.firstKey();
        for (Map.Entry<Long, Long> entry : numbers.entrySet()) {
            assertThat(entry.getKey()).isLessThan(highWatermark);
            assertThat(entry.getKey() == next || entry.getKey() <= logStart)
                    .as("there is nothing at offset %d", next)
                    .isTrue();
            next = entry.getKey() + 1;
            Long before = lastNumbers.put(entry.getValue() / RandomProducer.NUMBERS_EACH, entry.getValue());
            assertThat(before == null || before < entry.getValue())
                    .as("%d comes before %d", before, entry.getValue())
                    .isTrue();
        }
    }
}
