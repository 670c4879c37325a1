package io.headrace.compat;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/**
 * Polls as an application must that can be put out of its group at any moment. The client of the consumer protocol throws,
 * of Kafka 4.4.0, where that of the classic protocol joins again without a word.
 */
public final class ExpelledPoll {

    private static final String LOST_MEANWHILE = "No current assignment for partition";

    private ExpelledPoll() {}

    /** What a poll gives; nothing where the client threw since the group had put it out, and the next poll joins again. */
    public static <K, V> ConsumerRecords<K, V> poll(Consumer<K, V> consumer, Duration timeout) {
        try {
            return consumer.poll(timeout);
        } catch (UnknownMemberIdException | StaleMemberEpochException e) {
            // The answer to an OffsetFetch was the first to say so.
            e.printStackTrace();
            return ConsumerRecords.empty();
        } catch (IllegalStateException e) {
            // The background thread took the partition away in the middle of the poll, which then gives nothing out.
            if (!String.valueOf(e.getMessage()).startsWith(LOST_MEANWHILE)) {
                throw e;
            }
            e.printStackTrace();
            return ConsumerRecords.empty();
        }
    }
}
