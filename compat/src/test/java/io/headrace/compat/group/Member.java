package io.headrace.compat.group;

import io.headrace.compat.ExpelledPoll;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A member of a group that commits after each batch and writes everything down. It goes on until it is told to stop, or its
 * client cannot; a static member whose place is still taken tries again, and so does one whose group has changed its type.
 */
final class Member implements Runnable {

    private static final Duration POLL = Duration.ofMillis(100);

    /** Half a session, since the last heartbeat may have been sent a while before. */
    private static final long LONG_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(Membership.SESSION_TIMEOUT_MS / 2);

    /** Who was taken for dead meanwhile may also find that the group has gone back to the classic protocol without it. */
    private static final Set<String> WORTH_ANOTHER_TRY =
            Set.of(UnreleasedInstanceIdException.class.getSimpleName(), GroupIdNotFoundException.class.getSimpleName());

    private final Properties configs;
    private final JournalWriter journal;
    private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();
    private long awakeAt = System.nanoTime();
    private volatile boolean stopping;

    Member(Properties configs, Path journal) {
        this.configs = configs;
        this.journal = JournalWriter.of(journal);
    }

    /** From another thread. */
    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        boolean again = true;
        while (again && !stopping) {
            again = liveOnce();
        }
        journal.close();
    }

    /** Whether it is worth another try. */
    private boolean liveOnce() {
        String end = "stopped";
        try (Consumer<String, String> consumer =
                new KafkaConsumer<>(configs, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(Feed.TOPIC), new Listener(consumer));
            while (!stopping) {
                turn(consumer);
            }
        } catch (KafkaException e) {
            end = e.getClass().getSimpleName();
        }
        uncommitted.clear();
        journal.write(new JournalEntry.Closed(System.nanoTime(), end));
        return WORTH_ANOTHER_TRY.contains(end);
    }

    private void turn(Consumer<String, String> consumer) {
        long begun = System.nanoTime();
        ConsumerRecords<String, String> records = ExpelledPoll.poll(consumer, POLL);
        noteIfOverslept();
        for (TopicPartition partition : records.partitions()) {
            take(begun, partition.partition(), records.records(partition));
        }
        uncommitted.putAll(records.nextOffsets());
        if (!uncommitted.isEmpty()) {
            commit(consumer);
            noteIfOverslept();
        }
    }

    private void noteIfOverslept() {
        long now = System.nanoTime();
        if (now - awakeAt > LONG_SLEEP_NANOS) {
            journal.write(new JournalEntry.Overslept(now));
        }
        awakeAt = now;
    }

    private void take(long begun, int partition, List<ConsumerRecord<String, String>> records) {
        long first = records.getFirst().offset();
        long next = first;
        for (ConsumerRecord<String, String> record : records) {
            if (!record.value().equals(Feed.valueAt(record.offset()))) {
                journal.write(new JournalEntry.Strange(begun, partition, record.offset()));
            }
            if (record.offset() != next) {
                journal.write(new JournalEntry.Read(begun, partition, first, next - 1));
                first = record.offset();
            }
            next = record.offset() + 1;
        }
        journal.write(new JournalEntry.Read(begun, partition, first, next - 1));
    }

    /** What cannot be committed in the middle of a rebalance is tried again after the next poll, if it is still the member's. */
    private void commit(Consumer<String, String> consumer) {
        Map<Integer, Long> offsets = uncommitted.entrySet().stream()
                .collect(Collectors.toMap(
                        one -> one.getKey().partition(), one -> one.getValue().offset()));
        journal.write(new JournalEntry.Committing(System.nanoTime(), offsets));
        try {
            consumer.commitSync(uncommitted);
        } catch (RebalanceInProgressException | CommitFailedException e) {
            journal.write(
                    new JournalEntry.Refused(System.nanoTime(), e.getClass().getSimpleName()));
            return;
        }
        journal.write(new JournalEntry.Committed(System.nanoTime()));
        uncommitted.clear();
    }

    private final class Listener implements ConsumerRebalanceListener {

        private final Consumer<String, String> consumer;

        Listener(Consumer<String, String> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            journal.write(new JournalEntry.Assigned(
                    System.nanoTime(), consumer.groupMetadata().generationId(), numbers(partitions)));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            journal.write(new JournalEntry.Ended(System.nanoTime(), numbers(partitions)));
            uncommitted.keySet().removeAll(List.copyOf(partitions));
        }

        private static List<Integer> numbers(Collection<TopicPartition> partitions) {
            return partitions.stream().map(TopicPartition::partition).toList();
        }
    }
}
