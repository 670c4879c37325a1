package io.headrace.app.cli;

import io.headrace.app.terminal.Numbers;
import io.headrace.app.terminal.Progress;
import io.headrace.app.terminal.Terminal;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Writes what a consumer, which stands where it shall begin, gets. Runs on the thread of the command. */
final class Consumption {

    private final Consumer<byte[], byte[]> consumer;
    private final RecordFormat format;
    private final Terminal terminal;
    private final Progress progress;
    private final long startNanos = System.nanoTime();
    private long records;
    private long bytes;

    Consumption(Consumer<byte[], byte[]> consumer, RecordFormat format, Terminal terminal) {
        this.consumer = consumer;
        this.format = format;
        this.terminal = terminal;
        this.progress = new Progress(terminal, false);
    }

    /**
     * Goes on until one of these, or for ever.
     *
     * @param most records to write
     * @param untilEnd whether to end where the partitions end now
     * @param patience how long nothing may come; null is for ever
     */
    void run(long most, boolean untilEnd, Duration patience) {
        Map<TopicPartition, Long> ends = untilEnd ? consumer.endOffsets(consumer.assignment()) : null;
        long lastNanos = System.nanoTime();
        while (records < most && !(untilEnd && reachedAll(ends))) {
            ConsumerRecords<byte[], byte[]> batch = consumer.poll(Duration.ofMillis(Limits.POLL_MS));
            for (ConsumerRecord<byte[], byte[]> record : batch) {
                if (records < most && !(untilEnd && isBeyond(record, ends))) {
                    write(record);
                }
            }
            terminal.flush();
            long now = System.nanoTime();
            if (!batch.isEmpty()) {
                lastNanos = now;
            } else if (patience != null && now - lastNanos >= patience.toNanos()) {
                break;
            }
            watch();
        }
        progress.clear();
    }

    private void write(ConsumerRecord<byte[], byte[]> record) {
        format.write(record, terminal);
        records++;
        bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }

    private static boolean isBeyond(ConsumerRecord<?, ?> record, Map<TopicPartition, Long> ends) {
        Long end = ends.get(new TopicPartition(record.topic(), record.partition()));
        return end == null || record.offset() >= end;
    }

    /** Lets go of the partitions that have reached their end. */
    private boolean reachedAll(Map<TopicPartition, Long> ends) {
        for (Iterator<Map.Entry<TopicPartition, Long>> left = ends.entrySet().iterator(); left.hasNext(); ) {
            Map.Entry<TopicPartition, Long> end = left.next();
            if (consumer.position(end.getKey()) >= end.getValue()) {
                consumer.pause(List.of(end.getKey()));
                left.remove();
            }
        }
        return ends.isEmpty();
    }

    /** Not where the records themselves pass before the person's eyes. */
    private void watch() {
        if (!terminal.people().atOut()) {
            progress.tick(() -> Numbers.grouped(records) + " records, " + Numbers.bytes(bytes) + ", "
                    + Numbers.grouped(Numbers.perSecond(records, System.nanoTime() - startNanos)) + " records/s");
        }
    }
}
