package io.headrace.simulation.coordination;

import io.headrace.coordination.Coordinator;
import io.headrace.coordination.CoordinatorEnv;
import io.headrace.coordination.Effect;
import io.headrace.coordination.RecordCodec;
import io.headrace.coordination.TopicView;
import io.headrace.coordination.transaction.TransactionCoordinator;
import io.headrace.coordination.transaction.TransactionEvent;
import io.headrace.coordination.transaction.TransactionSettings;
import io.headrace.coordination.transaction.TransactionTask;
import io.headrace.simulation.SeededRandomness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.DescribeTransactionsRequestData;
import org.apache.kafka.common.message.DescribeTransactionsResponseData;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.EndTxnResponseData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.ListTransactionsRequestData;
import org.apache.kafka.common.message.ListTransactionsResponseData;
import org.apache.kafka.common.protocol.ApiMessage;

/** Producers begin, add partitions, commit, abort, fall silent and are forgotten; markers are written sooner or later. */
final class TransactionHistory implements CoordinatorHistory<TransactionEvent> {

    private static final int IDS = 6;
    private static final int TIMEOUT_MS = 30_000;

    private static final class Producer {
        private long id = -1;
        private short epoch = -1;
        private final boolean old;

        Producer(boolean old) {
            this.old = old;
        }
    }

    private final List<Producer> producers = new ArrayList<>();
    private final Map<Long, Producer> waiting = new LinkedHashMap<>();
    private final List<TransactionTask.WriteMarkers> markers = new ArrayList<>();
    private long nextProducerId = 100;

    TransactionHistory() {
        for (int i = 0; i < IDS; i++) {
            producers.add(new Producer(i % 2 == 0));
        }
    }

    @Override
    public RecordCodec codec() {
        return RecordCodec.TRANSACTIONS;
    }

    @Override
    public Coordinator<TransactionEvent> newCore() {
        return new TransactionCoordinator(new TransactionSettings(900_000, 100_000, 20_000));
    }

    @Override
    public TransactionEvent timerFired(Object key) {
        return new TransactionEvent.TimerFired(key);
    }

    @Override
    public TopicView topics() {
        return null;
    }

    @Override
    public void happen(SeededRandomness random, CoordinatorLife<TransactionEvent> life) {
        int number = random.below(IDS);
        String id = "id" + number;
        Producer producer = producers.get(number);
        switch (random.below(12)) {
            case 0, 1 ->
                ask(
                        life,
                        producer,
                        new InitProducerIdRequestData().setTransactionalId(id).setTransactionTimeoutMs(TIMEOUT_MS),
                        5);
            case 2, 3, 4, 5 -> {
                List<TopicPartition> added = List.of(new TopicPartition("t", random.below(4)));
                short version = (short) (producer.old ? 0 : 2);
                life.ask(ticket -> new TransactionEvent.Partitions(
                        ticket, id, producer.id, producer.epoch, added, false, version));
            }
            case 6, 7, 8 ->
                ask(
                        life,
                        producer,
                        new EndTxnRequestData()
                                .setTransactionalId(id)
                                .setProducerId(producer.id)
                                .setProducerEpoch(producer.epoch)
                                .setCommitted(random.coin()),
                        producer.old ? 4 : 5);
            case 9, 10 -> {
                if (!markers.isEmpty()) {
                    TransactionTask.WriteMarkers done = markers.remove(random.below(markers.size()));
                    life.tell(new TransactionEvent.MarkersWritten(
                            done.transactionalId(), done.producerId(), done.epoch()));
                }
            }
            default -> life.pass(random.between(0, random.oneIn(10) ? 60_000 : 2_000));
        }
    }

    private void ask(CoordinatorLife<TransactionEvent> life, Producer producer, ApiMessage request, int version) {
        life.ask(ticket -> {
            waiting.put(ticket, producer);
            return new TransactionEvent.Request(ticket, (short) version, request);
        });
    }

    @Override
    public void answered(long ticket, ApiMessage response) {
        Producer producer = waiting.remove(ticket);
        if (response instanceof InitProducerIdResponseData granted && granted.errorCode() == 0) {
            producer.id = granted.producerId();
            producer.epoch = granted.producerEpoch();
        } else if (response instanceof EndTxnResponseData ended && ended.errorCode() == 0 && !producer.old) {
            producer.id = ended.producerId();
            producer.epoch = ended.producerEpoch();
        }
    }

    @Override
    public void asked(Object task, SeededRandomness random, CoordinatorLife<TransactionEvent> life) {
        switch ((TransactionTask) task) {
            case TransactionTask.TakeProducerId(String id) ->
                life.tell(new TransactionEvent.ProducerIdTaken(id, nextProducerId++));
            case TransactionTask.WriteMarkers wanted -> markers.add(wanted);
        }
    }

    @Override
    public void restarted() {
        waiting.clear();
        markers.clear();
    }

    @Override
    public NavigableSet<String> everythingIn(Coordinator<TransactionEvent> core, CoordinatorEnv env) {
        ListTransactionsResponseData listed =
                (ListTransactionsResponseData) answer(core, env, new ListTransactionsRequestData());
        DescribeTransactionsRequestData request = new DescribeTransactionsRequestData();
        for (int i = 0; i < IDS; i++) {
            request.transactionalIds().add("id" + i);
        }
        DescribeTransactionsResponseData described = (DescribeTransactionsResponseData) answer(core, env, request);
        NavigableSet<String> found = new TreeSet<>();
        listed.transactionStates().forEach(state -> found.add(state.toString()));
        described.transactionStates().forEach(state -> found.add(state.toString()));
        return found;
    }

    @Override
    public void commitAll(Coordinator<TransactionEvent> core) {}

    private static ApiMessage answer(Coordinator<TransactionEvent> core, CoordinatorEnv env, ApiMessage request) {
        return ((Effect.Answer) core.step(new TransactionEvent.Request(0, (short) 0, request), env)
                        .effects()
                        .getFirst())
                .response();
    }
}
