package io.headrace.compat.pipeline;

import io.headrace.compat.ExpelledPoll;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A member of a group that copies records from one topic to another, transformed, each batch and its offsets in one
 * transaction. It is a program, which works until it is ended, or until its producer is fenced by a successor or by a
 * transaction that took too long, which it tells by its exit code.
 */
final class Worker {

    static final int FENCED = 3;

    private static final Duration POLL = Duration.ofMillis(100);

    /** Of so many transactions one is aborted first, and then done again. */
    private static final int ABORTED_OF = 7;

    private final String input;
    private final String output;
    private final Consumer<String, String> consumer;
    private final Producer<String, String> producer;
    private int transactions;

    private Worker(Consumer<String, String> consumer, Producer<String, String> producer, String input, String output) {
        this.consumer = consumer;
        this.producer = producer;
        this.input = input;
        this.output = output;
    }

    /**
     * Takes the address, the group protocol, the transactional id, the input topic, which also names the group, the output
     * topic, and its name, which is the client id of its consumer.
     */
    static void main(String[] args) {
        Map<String, Object> reading = new HashMap<>(Map.of(
                "bootstrap.servers", args[0],
                "group.protocol", args[1],
                "group.id", args[3],
                "client.id", args[5],
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false",
                "max.poll.records", "50",
                "reconnect.backoff.max.ms", "200"));
        if (args[1].equals("classic")) {
            reading.put("session.timeout.ms", Integer.toString(Crew.SESSION_TIMEOUT_MS));
            reading.put("heartbeat.interval.ms", Integer.toString(Crew.HEARTBEAT_INTERVAL_MS));
        }
        Map<String, Object> writing = Map.of(
                "bootstrap.servers",
                args[0],
                "transactional.id",
                args[2],
                "transaction.timeout.ms",
                Crew.TRANSACTION_TIMEOUT_MS,
                "reconnect.backoff.max.ms",
                "200");
        try (Consumer<String, String> consumer =
                        new KafkaConsumer<>(reading, new StringDeserializer(), new StringDeserializer());
                Producer<String, String> producer =
                        new KafkaProducer<>(writing, new StringSerializer(), new StringSerializer())) {
            new Worker(consumer, producer, args[3], args[4]).work();
        } catch (ProducerFencedException | InvalidProducerEpochException | InvalidTxnStateException e) {
            IO.println("fenced: " + e);
            Runtime.getRuntime().halt(FENCED);
        }
    }

    static String transformed(String value) {
        return "<" + value + ">";
    }

    private void work() {
        producer.initTransactions();
        consumer.subscribe(List.of(input));
        for (; ; ) {
            ConsumerRecords<String, String> records = ExpelledPoll.poll(consumer, POLL);
            if (!records.isEmpty()) {
                copyOrRewind(records);
            }
        }
    }

    private void copyOrRewind(ConsumerRecords<String, String> records) {
        boolean committed;
        try {
            committed = copy(records);
        } catch (ProducerFencedException | InvalidTxnStateException e) {
            throw e;
        } catch (KafkaException e) {
            e.printStackTrace();
            producer.abortTransaction();
            committed = false;
        }
        if (!committed) {
            rewind();
        }
    }

    /** False if the transaction was aborted. */
    private boolean copy(ConsumerRecords<String, String> records) {
        producer.beginTransaction();
        for (ConsumerRecord<String, String> record : records) {
            Future<RecordMetadata> _ =
                    producer.send(new ProducerRecord<>(output, record.key(), transformed(record.value())));
        }
        producer.sendOffsetsToTransaction(records.nextOffsets(), consumer.groupMetadata());
        if (++transactions % ABORTED_OF == 0) {
            producer.flush();
            producer.abortTransaction();
            return false;
        }
        producer.commitTransaction();
        return true;
    }

    /** A consumer does not go back by itself when the transaction is aborted that held what it had polled. */
    private void rewind() {
        Set<TopicPartition> assigned = consumer.assignment();
        Map<TopicPartition, OffsetAndMetadata> committed;
        try {
            committed = consumer.committed(assigned);
        } catch (UnknownMemberIdException | StaleMemberEpochException e) {
            // The partitions are others' by now, and the next poll finds that out.
            e.printStackTrace();
            return;
        }
        for (TopicPartition partition : assigned) {
            OffsetAndMetadata offset = committed.get(partition);
            if (offset == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, offset);
            }
        }
    }
}
