package io.headrace.broker.transaction;

import io.headrace.broker.coordination.CoordinatorKind;
import io.headrace.broker.coordination.CoordinatorTopic;
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
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Transaction coordinators, on {@code __transaction_state}. */
public final class TransactionKind implements CoordinatorKind<TransactionEvent> {

    /** Where the producer ids come from; told on the shard that asks. */
    @FunctionalInterface
    public interface ProducerIdSource {
        void next(Shard home, LongConsumer given, Runnable failed);
    }

    private static final long NONE = -1;

    private final CoordinatorTopic topic;
    private final TransactionSettings settings;
    private final MarkerWriter markers;
    private final ProducerIdSource producerIds;

    public TransactionKind(TransactionConfig config, MarkerWriter markers, ProducerIdSource producerIds) {
        this.topic = new CoordinatorTopic(
                TopicNames.TRANSACTION_STATE,
                config.topicPartitions(),
                Map.of(
                        "compression.type",
                        "uncompressed",
                        "min.insync.replicas",
                        "1",
                        "unclean.leader.election.enable",
                        "false",
                        "segment.bytes",
                        Integer.toString(config.topicSegmentBytes())),
                RecordCodec.TRANSACTIONS,
                config.loadBufferBytes());
        this.settings =
                new TransactionSettings(config.maxTimeoutMs(), config.idExpirationMs(), config.idExpirationCheckMs());
        this.markers = markers;
        this.producerIds = producerIds;
    }

    @Override
    public CoordinatorTopic topic() {
        return topic;
    }

    @Override
    public Coordinator<TransactionEvent> newCore() {
        return new TransactionCoordinator(settings);
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
}
