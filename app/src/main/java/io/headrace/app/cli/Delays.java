package io.headrace.app.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * How far behind a group is in time: the age of the first record that it has not read, by the record's own timestamp. The
 * records are looked at with a consumer without a group.
 */
final class Delays {

    private Delays() {}

    /**
     * @param unread the first unread offset of each partition, where there is one
     * @return milliseconds since the timestamp of the first unread record, at least 0; no entry for a partition whose record did
     *     not come in time
     */
    static Map<TopicPartition, Long> of(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> unread) {
        Map<TopicPartition, Long> ages = new HashMap<>();
        List<TopicPartition> left = new ArrayList<>(unread.keySet());
        consumer.assign(left);
        unread.forEach(consumer::seek);
        long deadlineNanos = System.nanoTime()
                + Duration.ofMillis(Limits.FIRST_UNREAD_WITHIN_MS).toNanos();
        while (!left.isEmpty() && System.nanoTime() - deadlineNanos < 0) {
            var records = consumer.poll(Duration.ofMillis(Limits.POLL_MS));
            for (TopicPartition partition : records.partitions()) {
                ConsumerRecord<byte[], byte[]> first =
                        records.records(partition).getFirst();
                if (left.remove(partition)) {
                    ages.put(partition, Math.max(0, System.currentTimeMillis() - first.timestamp()));
                    consumer.pause(List.of(partition));
                }
            }
        }
        return ages;
    }
}
