package io.headrace.coordination.transaction;

import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Partitions with messages in them, and what became of each: open, committed or aborted. */
final class TransactionalLogs {

    private static final class Message {
        private final String value;
        private String fate = "open";

        Message(String value) {
            this.value = value;
        }

        @Override
        public String toString() {
            return value + " " + fate;
        }
    }

    private final TestPartitions<List<Message>> producers = new TestPartitions<>();
    private final Map<TopicPartition, List<Message>> messages = new LinkedHashMap<>();

    /** Whether a transaction of the producer is known to be under way here. */
    boolean takes(TopicPartition partition, long producerId, short epoch) {
        return producers.isOpen(partition, producerId, epoch);
    }

    boolean fences(TopicPartition partition, long producerId, short epoch) {
        return producers.isFenced(partition, producerId, epoch);
    }

    ErrorCode append(TopicPartition partition, long producerId, short epoch, String value) {
        if (fences(partition, producerId, epoch)) {
            return ErrorCode.INVALID_PRODUCER_EPOCH;
        }
        Message message = new Message(value);
        messages.computeIfAbsent(partition, _ -> new ArrayList<>()).add(message);
        List<Message> transaction = producers.open(partition, producerId);
        List<Message> open = transaction == null ? new ArrayList<>() : transaction;
        open.add(message);
        producers.write(partition, producerId, epoch, open);
        return ErrorCode.NONE;
    }

    /** A marker; returns what it ended, empty if nothing was open. */
    String end(TopicPartition partition, long producerId, short epoch, boolean commit) {
        List<Message> ended = producers.mark(partition, producerId, epoch);
        if (ended == null) {
            return "";
        }
        ended.forEach(message -> message.fate = commit ? "committed" : "aborted");
        return partition + ": " + text(ended);
    }

    String show(TopicPartition partition) {
        return partition + ": " + text(messages.getOrDefault(partition, List.of()));
    }

    private static String text(List<Message> messages) {
        return messages.isEmpty()
                ? "nothing"
                : messages.stream().map(Message::toString).collect(Collectors.joining(", "));
    }
}
