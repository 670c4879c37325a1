package io.headrace.app.demo;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Judges what the members of a group get, all of them together. A record may come again if it was not committed when its
 * reader lost the partition or the broker died; whatever was committed may not, and nothing may be left out. For all
 * threads.
 */
final class GroupCheck {

    private final DeliveryCheck check;
    private final Map<Integer, Position> positions = new HashMap<>();
    private long repeats;

    /** Of one partition: what is due next, and what will not be sent again. */
    private static final class Position {
        private long next;
        private long committed;
    }

    GroupCheck(DeliveryCheck check) {
        this.check = check;
    }

    synchronized void read(ConsumerRecord<String, String> record, long number) {
        Position position = positions.computeIfAbsent(record.partition(), _ -> new Position());
        if (record.offset() < position.committed) {
            check.fault("partition " + record.partition() + " offset " + record.offset() + " came again, although "
                    + position.committed + " was committed");
        } else if (record.offset() < position.next) {
            repeats++;
        } else {
            if (record.offset() > position.next) {
                check.fault("partition " + record.partition() + " offset " + position.next + " was due, and "
                        + record.offset() + " came");
            }
            position.next = record.offset() + 1;
            check.read(record.key(), number, record.partition(), record.value());
        }
    }

    /** The broker has confirmed that the group goes on at that offset. */
    synchronized void committed(int partition, long offset) {
        Position position = positions.get(partition);
        position.committed = Math.max(position.committed, offset);
    }

    /** Those that came once; repetitions do not count. */
    synchronized long records() {
        return check.records();
    }

    /** How many came once more. */
    synchronized long repeats() {
        return repeats;
    }

    /** For who has ended all readers. */
    DeliveryCheck check() {
        return check;
    }
}
