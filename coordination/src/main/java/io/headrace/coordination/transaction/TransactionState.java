package io.headrace.coordination.transaction;

import io.headrace.coordination.CoordinatorRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogKey;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogValue;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogValue.PartitionsSchema;

/**
 * What the coordinator knows of one transactional id; each change makes a new one. A transaction version of 2 means that
 * every transaction has an epoch of its own (KIP-890).
 *
 * @param previousProducerId the producer id before the last change, -1 if there was none
 * @param nextProducerId the producer id after this transaction, whose end uses up the epochs of the present one; or -1
 * @param epoch -1 until it has been given to a producer
 * @param lastEpoch the epoch before, by which a request sent again is known; -1 if unknown. Not in the records
 * @param timeoutMs how long a transaction may last
 * @param startMs wall time at which the transaction began, -1 if none did
 * @param lastUpdateMs wall time of the last change
 * @param version the transaction version that the client speaks
 */
record TransactionState(
        String transactionalId,
        long producerId,
        long previousProducerId,
        long nextProducerId,
        short epoch,
        short lastEpoch,
        int timeoutMs,
        TransactionStatus status,
        NavigableSet<TopicPartition> partitions,
        long startMs,
        long lastUpdateMs,
        short version) {

    static final long NO_PRODUCER_ID = -1;
    static final short NO_EPOCH = -1;

    /** The highest epoch of which a producer hears; the one after it is for fencing that producer. */
    static final short LAST_EPOCH = Short.MAX_VALUE - 1;

    /** Version 1 of the value has the fields of KIP-890. */
    private static final short VALUE_VERSION = 1;

    private static final Comparator<TopicPartition> BY_NAME =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    static TransactionState created(String transactionalId, long producerId, int timeoutMs, long nowMs) {
        return new TransactionState(
                transactionalId,
                producerId,
                NO_PRODUCER_ID,
                NO_PRODUCER_ID,
                NO_EPOCH,
                NO_EPOCH,
                timeoutMs,
                TransactionStatus.EMPTY,
                noPartitions(),
                -1,
                nowMs,
                (short) 0);
    }

    private static NavigableSet<TopicPartition> noPartitions() {
        return new TreeSet<>(BY_NAME);
    }

    boolean isExhausted() {
        return epoch >= LAST_EPOCH;
    }

    boolean bumpsEpoch() {
        return version >= TransactionCoordinator.EPOCH_BUMP_VERSION;
    }

    // ---- changes

    /** A new epoch for a producer that begins or begins again. */
    TransactionState initialized(short newEpoch, short newLastEpoch, int newTimeoutMs, long nowMs) {
        return empty(producerId, newEpoch, newLastEpoch, newTimeoutMs, nowMs);
    }

    /** A new producer id, since the epochs of the old one are used up. */
    TransactionState rotated(long newProducerId, short newLastEpoch, int newTimeoutMs, long nowMs) {
        return empty(newProducerId, (short) 0, newLastEpoch, newTimeoutMs, nowMs);
    }

    private TransactionState empty(
            long newProducerId, short newEpoch, short newLastEpoch, int newTimeoutMs, long nowMs) {
        return new TransactionState(
                transactionalId,
                newProducerId,
                producerId,
                nextProducerId,
                newEpoch,
                newLastEpoch,
                newTimeoutMs,
                TransactionStatus.EMPTY,
                noPartitions(),
                -1,
                nowMs,
                version);
    }

    TransactionState adding(Collection<TopicPartition> added, long nowMs, short clientVersion) {
        NavigableSet<TopicPartition> all = new TreeSet<>(partitions);
        all.addAll(added);
        return new TransactionState(
                transactionalId,
                producerId,
                producerId,
                nextProducerId,
                epoch,
                lastEpoch,
                timeoutMs,
                TransactionStatus.ONGOING,
                all,
                status == TransactionStatus.ONGOING ? startMs : nowMs,
                nowMs,
                clientVersion);
    }

    /** @param newProducerId -1 unless the epochs of the present one are used up */
    TransactionState ending(boolean commit, short clientVersion, long newProducerId, long nowMs) {
        boolean bumps = clientVersion >= TransactionCoordinator.EPOCH_BUMP_VERSION;
        short newEpoch = bumps && epoch < Short.MAX_VALUE ? (short) (epoch + 1) : epoch;
        return new TransactionState(
                transactionalId,
                producerId,
                producerId,
                newProducerId,
                newEpoch,
                bumps ? epoch : lastEpoch,
                timeoutMs,
                commit ? TransactionStatus.PREPARE_COMMIT : TransactionStatus.PREPARE_ABORT,
                partitions,
                status == TransactionStatus.ONGOING ? startMs : nowMs,
                nowMs,
                clientVersion);
    }

    /** @param spareId becomes the next producer id if the epochs of the present one are used up */
    TransactionState endingWithBump(boolean commit, long spareId, long nowMs) {
        long nextId = isExhausted() ? spareId : NO_PRODUCER_ID;
        return ending(commit, TransactionCoordinator.EPOCH_BUMP_VERSION, nextId, nowMs);
    }

    /** Aborted by the coordinator: under a new epoch, which fences the producer. */
    TransactionState abandoned(long spareId, long nowMs) {
        return endingWithBump(false, spareId, nowMs);
    }

    /** All markers have been written. */
    TransactionState completed(long nowMs) {
        boolean rotates = bumpsEpoch() && nextProducerId != NO_PRODUCER_ID;
        return new TransactionState(
                transactionalId,
                rotates ? nextProducerId : producerId,
                producerId,
                NO_PRODUCER_ID,
                rotates ? 0 : epoch,
                lastEpoch,
                timeoutMs,
                status == TransactionStatus.PREPARE_COMMIT
                        ? TransactionStatus.COMPLETE_COMMIT
                        : TransactionStatus.COMPLETE_ABORT,
                noPartitions(),
                startMs,
                nowMs,
                version);
    }

    // ---- records

    CoordinatorRecord toRecord() {
        TransactionLogValue value = new TransactionLogValue()
                .setProducerId(producerId)
                .setPreviousProducerId(previousProducerId)
                .setNextProducerId(nextProducerId)
                .setProducerEpoch(epoch)
                .setTransactionTimeoutMs(timeoutMs)
                .setTransactionStatus(status.id())
                .setTransactionPartitions(status == TransactionStatus.EMPTY ? null : byTopic())
                .setTransactionLastUpdateTimestampMs(lastUpdateMs)
                .setTransactionStartTimestampMs(startMs)
                .setClientTransactionVersion(version);
        return new CoordinatorRecord(keyOf(transactionalId), value, VALUE_VERSION);
    }

    static TransactionLogKey keyOf(String transactionalId) {
        return new TransactionLogKey().setTransactionalId(transactionalId);
    }

    private List<PartitionsSchema> byTopic() {
        List<PartitionsSchema> topics = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            if (topics.isEmpty() || !topics.getLast().topic().equals(partition.topic())) {
                topics.add(new PartitionsSchema().setTopic(partition.topic()).setPartitionIds(new ArrayList<>()));
            }
            topics.getLast().partitionIds().add(partition.partition());
        }
        return topics;
    }

    static TransactionState of(TransactionLogKey key, TransactionLogValue value) {
        TransactionStatus status = TransactionStatus.forId(value.transactionStatus());
        if (status == null) {
            throw new IllegalArgumentException("a transaction in the state " + value.transactionStatus());
        }
        NavigableSet<TopicPartition> partitions = noPartitions();
        if (value.transactionPartitions() != null) {
            for (PartitionsSchema topic : value.transactionPartitions()) {
                topic.partitionIds().forEach(id -> partitions.add(new TopicPartition(topic.topic(), id)));
            }
        }
        return new TransactionState(
                key.transactionalId(),
                value.producerId(),
                value.previousProducerId(),
                value.nextProducerId(),
                value.producerEpoch(),
                NO_EPOCH,
                value.transactionTimeoutMs(),
                status,
                partitions,
                value.transactionStartTimestampMs(),
                value.transactionLastUpdateTimestampMs(),
                value.clientTransactionVersion());
    }
}
