package io.headrace.broker.transaction;

import io.headrace.broker.coordination.CoordinatorKind;
import io.headrace.coordination.Coordinator;
import io.headrace.coordination.RecordCodec;
import io.headrace.coordination.transaction.TransactionCoordinator;
import io.headrace.coordination.transaction.TransactionEvent;
import io.headrace.coordination.transaction.TransactionSettings;
import io.headrace.coordination.transaction.TransactionTask;
import io.headrace.metadata.TopicNames;
import io.headrace.metadata.config.TransactionConfig;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;

/** Transaction coordinators, on {@code __transaction_state}. */
public final class TransactionKind implements CoordinatorKind<TransactionEvent> {

    /** Where the producer ids come from; told on the shard that asks. */
    @FunctionalInterface
    public interface ProducerIdSource {
        void next(Shard home, LongConsumer given, Runnable failed);
    }

    private static final long NONE = -1;

    private final TransactionConfig config;
    private final MarkerWriter markers;
    private final ProducerIdSource producerIds;

    public TransactionKind(TransactionConfig config, MarkerWriter markers, ProducerIdSource producerIds) {
        this.config = config;
        this.markers = markers;
        this.producerIds = producerIds;
    }

    @Override
    public String topic() {
        return TopicNames.TRANSACTION_STATE;
    }

    @Override
    public CreatableTopic definition() {
        CreatableTopic topic = new CreatableTopic()
                .setName(topic())
                .setNumPartitions(config.topicPartitions())
                .setReplicationFactor((short) 1);
        add(topic, "cleanup.policy", "compact");
        add(topic, "compression.type", "uncompressed");
        add(topic, "min.insync.replicas", "1");
        add(topic, "unclean.leader.election.enable", "false");
        add(topic, "segment.bytes", Integer.toString(config.topicSegmentBytes()));
        return topic;
    }

    private static void add(CreatableTopic topic, String key, String value) {
        topic.configs().add(new CreatableTopicConfig().setName(key).setValue(value));
    }

    @Override
    public RecordCodec codec() {
        return RecordCodec.TRANSACTIONS;
    }

    @Override
    public Coordinator<TransactionEvent> newCore() {
        return new TransactionCoordinator(
                new TransactionSettings(config.maxTimeoutMs(), config.idExpirationMs(), config.idExpirationCheckMs()));
    }

    @Override
    public TransactionEvent timerFired(Object key) {
        return new TransactionEvent.TimerFired(key);
    }

    @Override
    public void perform(Object task, LeaderPartition partition, Shard shard, Consumer<TransactionEvent> outcome) {
        switch ((TransactionTask) task) {
            case TransactionTask.TakeProducerId(String id) ->
                producerIds.next(
                        shard,
                        taken -> outcome.accept(new TransactionEvent.ProducerIdTaken(id, taken)),
                        () -> outcome.accept(new TransactionEvent.ProducerIdTaken(id, NONE)));
            case TransactionTask.WriteMarkers writing ->
                markers.write(
                        writing,
                        partition.leaderEpoch(),
                        shard,
                        () -> outcome.accept(new TransactionEvent.MarkersWritten(
                                writing.transactionalId(), writing.producerId(), writing.epoch())));
        }
    }

    @Override
    public int loadBytes() {
        return config.loadBufferBytes();
    }
}
