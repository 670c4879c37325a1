package io.headrace.coordination.transaction;

import io.headrace.coordination.Coordinator;
import io.headrace.coordination.CoordinatorEnv;
import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.Origin;
import io.headrace.coordination.Step;
import io.headrace.coordination.StepDraft;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.message.DescribeTransactionsRequestData;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.ListTransactionsRequestData;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogKey;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogValue;

/**
 * The transactions of one partition of {@code __transaction_state}. Takes each event, record and timer to the class that
 * knows it. What cannot be decided yet waits here, in memory: for a producer id that somebody has to fetch, or for the
 * markers of the transaction before, so that a short transaction does not cost its client a back-off.
 */
public final class TransactionCoordinator implements Coordinator<TransactionEvent> {

    /** The transaction version from which on each transaction has an epoch of its own. */
    static final short EPOCH_BUMP_VERSION = 2;

    private static final short FIRST_END_TXN_WITH_BUMP = 5;
    private static final long NO_ID = -1;

    private final Transactions transactions = new Transactions();
    private final TransactionEnd ending = new TransactionEnd(transactions);
    private final TransactionPartitions partitions = new TransactionPartitions(transactions);
    private final TransactionReports reports = new TransactionReports(transactions);
    private final ProducerIdInit producerIds;
    private final TransactionSettings settings;

    /** By transactional id. */
    private final NavigableMap<String, List<TransactionEvent>> awaitingProducerId = new TreeMap<>();

    private final NavigableMap<String, List<Waiting>> awaitingEnd = new TreeMap<>();

    /** A request that waits for the transaction before. */
    private record Waiting(long ticket, TransactionEvent event) {}

    public TransactionCoordinator(TransactionSettings settings) {
        this.settings = settings;
        this.producerIds = new ProducerIdInit(transactions, ending, settings);
    }

    // ---- events

    @Override
    public Step step(TransactionEvent event, CoordinatorEnv env) {
        StepDraft draft = new StepDraft(this, env, Origin.NONE);
        handle(event, NO_ID, draft);
        return draft.finish();
    }

    private void handle(TransactionEvent event, long spareId, StepDraft draft) {
        switch (event) {
            case TransactionEvent.Request request -> answer(request, spareId, draft);
            case TransactionEvent.Partitions request -> addPartitions(request, draft);
            case TransactionEvent.TimerFired(TransactionTimer.Timeout(String id)) -> timeOut(event, id, spareId, draft);
            case TransactionEvent.TimerFired(TransactionTimer.Patience timer) -> giveUp(timer, draft);
            case TransactionEvent.TimerFired(TransactionTimer.Expiration _) -> expire(draft);
            case TransactionEvent.TimerFired(Object key) ->
                throw new IllegalArgumentException("no timer of a transaction coordinator: " + key);
            case TransactionEvent.ProducerIdTaken taken -> producerIdTaken(taken, draft);
            case TransactionEvent.MarkersWritten written -> markersWritten(written, draft);
        }
    }

    private void answer(TransactionEvent.Request event, long spareId, StepDraft draft) {
        long ticket = event.ticket();
        switch (event.request()) {
            case InitProducerIdRequestData request -> {
                if (!producerIds.init(ticket, request, spareId, draft)) {
                    awaitProducerId(request.transactionalId(), event, draft);
                }
            }
            case EndTxnRequestData request -> {
                short version = event.version() >= FIRST_END_TXN_WITH_BUMP ? EPOCH_BUMP_VERSION : 0;
                TransactionState state = transactions.get(request.transactionalId());
                if (version == EPOCH_BUMP_VERSION
                        && state != null
                        && state.status().isPrepared()) {
                    awaitEnd(request.transactionalId(), ticket, event, draft);
                } else if (!ending.end(ticket, request, version, spareId, draft)) {
                    awaitProducerId(request.transactionalId(), event, draft);
                }
            }
            case DescribeTransactionsRequestData request -> draft.answer(ticket, reports.describe(request));
            case ListTransactionsRequestData request ->
                draft.answer(ticket, reports.list(request, draft.env().wallMs()));
            default ->
                throw new IllegalArgumentException("no request to a transaction coordinator: "
                        + event.request().apiKey());
        }
    }

    // ---- waiting for a producer id

    private void awaitProducerId(String transactionalId, TransactionEvent event, StepDraft draft) {
        List<TransactionEvent> waiting = awaitingProducerId.computeIfAbsent(transactionalId, _ -> new ArrayList<>(1));
        waiting.add(event);
        if (waiting.size() == 1) {
            draft.task(new TransactionTask.TakeProducerId(transactionalId));
        }
    }

    /** The first of those that wait gets it; the others may find that they need none any more. */
    private void producerIdTaken(TransactionEvent.ProducerIdTaken taken, StepDraft draft) {
        List<TransactionEvent> waiting = awaitingProducerId.remove(taken.transactionalId());
        if (waiting == null) {
            return;
        }
        long spareId = taken.producerId();
        for (TransactionEvent event : waiting) {
            if (taken.producerId() < 0) {
                refuse(event, draft);
            } else {
                handle(event, spareId, draft);
            }
            spareId = NO_ID;
        }
    }

    private void refuse(TransactionEvent event, StepDraft draft) {
        if (event instanceof TransactionEvent.Request(long ticket, short _, InitProducerIdRequestData _)) {
            ProducerIdInit.refuse(ticket, ErrorCode.COORDINATOR_NOT_AVAILABLE, draft);
        } else if (event instanceof TransactionEvent.Request(long ticket, short _, EndTxnRequestData _)) {
            TransactionEnd.refuse(ticket, ErrorCode.COORDINATOR_NOT_AVAILABLE, draft);
        } else if (event instanceof TransactionEvent.TimerFired(TransactionTimer.Timeout timeout)) {
            draft.timer(timeout, Limits.RETRY_MS);
        }
    }

    // ---- partitions, and the end of the transaction before

    private void addPartitions(TransactionEvent.Partitions request, StepDraft draft) {
        if (!partitions.handle(request, draft)) {
            awaitEnd(request.transactionalId(), request.ticket(), request, draft);
        }
    }

    private void awaitEnd(String transactionalId, long ticket, TransactionEvent event, StepDraft draft) {
        awaitingEnd.computeIfAbsent(transactionalId, _ -> new ArrayList<>(1)).add(new Waiting(ticket, event));
        draft.timer(new TransactionTimer.Patience(transactionalId, ticket), Limits.PATIENCE_MS);
    }

    private void giveUp(TransactionTimer.Patience timer, StepDraft draft) {
        List<Waiting> waiting = awaitingEnd.get(timer.transactionalId());
        if (waiting == null) {
            return;
        }
        for (Waiting one : new ArrayList<>(waiting)) {
            if (one.ticket() == timer.ticket()) {
                waiting.remove(one);
                if (one.event() instanceof TransactionEvent.Partitions request) {
                    partitions.refuse(request, ErrorCode.CONCURRENT_TRANSACTIONS, draft);
                } else {
                    TransactionEnd.refuse(one.ticket(), ErrorCode.CONCURRENT_TRANSACTIONS, draft);
                }
            }
        }
    }

    private void markersWritten(TransactionEvent.MarkersWritten written, StepDraft draft) {
        if (!ending.markersWritten(written, draft)) {
            return;
        }
        List<Waiting> waiting = awaitingEnd.remove(written.transactionalId());
        if (waiting != null) {
            for (Waiting one : waiting) {
                draft.cancelTimer(new TransactionTimer.Patience(written.transactionalId(), one.ticket()));
                handle(one.event(), NO_ID, draft);
            }
        }
    }

    // ---- time

    private void timeOut(TransactionEvent event, String transactionalId, long spareId, StepDraft draft) {
        TransactionState state = transactions.get(transactionalId);
        if (state == null || state.status() != TransactionStatus.ONGOING) {
            return;
        }
        long remainingMs = Transactions.remainingMs(state, draft.env());
        if (remainingMs > 0) {
            draft.timer(new TransactionTimer.Timeout(transactionalId), remainingMs);
        } else if (!ending.abort(state, spareId, draft)) {
            awaitProducerId(transactionalId, event, draft);
        }
    }

    private void expire(StepDraft draft) {
        for (TransactionState state : transactions.all()) {
            boolean idle =
                    state.status() == TransactionStatus.EMPTY || state.status().isComplete();
            if (idle && state.lastUpdateMs() <= draft.env().wallMs() - settings.expirationMs()) {
                transactions.forget(state, draft);
            }
        }
        draft.timer(new TransactionTimer.Expiration(), settings.expirationCheckMs());
    }

    // ---- records

    @Override
    public void apply(CoordinatorRecord record, Origin origin) {
        transactions.apply((TransactionLogKey) record.key(), (TransactionLogValue) record.value());
    }

    /** None of its records are part of a transaction. */
    @Override
    public void applyMarker(long producerId, short producerEpoch, boolean commit) {}

    @Override
    public Step loaded(CoordinatorEnv env) {
        StepDraft draft = new StepDraft(this, env, Origin.NONE);
        for (TransactionState state : transactions.all()) {
            if (state.status() == TransactionStatus.ONGOING) {
                draft.timer(
                        new TransactionTimer.Timeout(state.transactionalId()), Transactions.remainingMs(state, env));
            } else if (state.status().isPrepared() && state.partitions().isEmpty()) {
                transactions.write(state.completed(env.wallMs()), draft);
            } else if (state.status().isPrepared()) {
                ending.writeMarkers(state, draft);
            }
        }
        draft.timer(new TransactionTimer.Expiration(), settings.expirationCheckMs());
        return draft.finish();
    }
}
