package io.headrace.coordination.transaction;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What partitions know of producers: the latest epoch of each, and its open transaction.
 *
 * @param <T> what stands for a transaction in a partition
 */
final class TestPartitions<T> {

    private static final class Known<T> {
        private short epoch = -1;
        private T open;
    }

    private final Map<TopicPartition, Map<Long, Known<T>>> partitions = new LinkedHashMap<>();

    private Known<T> known(TopicPartition partition, long producerId) {
        return partitions
                .computeIfAbsent(partition, _ -> new LinkedHashMap<>())
                .computeIfAbsent(producerId, _ -> new Known<>());
    }

    /** Whether a later epoch has been there. */
    boolean isFenced(TopicPartition partition, long producerId, short epoch) {
        return epoch < known(partition, producerId).epoch;
    }

    /** Whether a transaction of the producer is under way here in this epoch. */
    boolean isOpen(TopicPartition partition, long producerId, short epoch) {
        Known<T> known = known(partition, producerId);
        return known.open != null && known.epoch == epoch;
    }

    /** Null if the producer has none. */
    T open(TopicPartition partition, long producerId) {
        return known(partition, producerId).open;
    }

    /** A batch of a transaction, from a producer that is not fenced. */
    void write(TopicPartition partition, long producerId, short epoch, T transaction) {
        Known<T> known = known(partition, producerId);
        known.epoch = epoch;
        known.open = transaction;
    }

    /** Returns the transaction that this marker ends; null if there is none, or a later epoch has been there. */
    T mark(TopicPartition partition, long producerId, short epoch) {
        Known<T> known = known(partition, producerId);
        if (epoch < known.epoch) {
            return null;
        }
        T ended = known.open;
        known.epoch = epoch;
        known.open = null;
        return ended;
    }

    /** Open transactions of all partitions. */
    List<T> open() {
        List<T> open = new ArrayList<>();
        for (Map<Long, Known<T>> producers : partitions.values()) {
            for (Known<T> known : producers.values()) {
                if (known.open != null) {
                    open.add(known.open);
                }
            }
        }
        return open;
    }
}
