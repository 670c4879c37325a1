package io.headrace.coordination.transaction;

import io.headrace.coordination.StepDraft;
import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;

/**
 * InitProducerId with a transactional id (KIP-98, KIP-360): every call fences the producers before it by a new epoch. A
 * transaction that is still open is aborted first, and the caller told to come again.
 */
final class ProducerIdInit {

    private final Transactions transactions;
    private final TransactionEnd ending;
    private final TransactionSettings settings;

    ProducerIdInit(Transactions transactions, TransactionEnd ending, TransactionSettings settings) {
        this.transactions = transactions;
        this.ending = ending;
        this.settings = settings;
    }

    /**
     * Decides; false if it takes a new producer id and there is none yet, with nothing changed.
     *
     * @param spareId a producer id to use if one is needed, -1 for none
     */
    boolean init(long ticket, InitProducerIdRequestData request, long spareId, StepDraft draft) {
        long nowMs = draft.env().wallMs();
        if (request.transactionalId().isEmpty()) {
            return refuse(ticket, ErrorCode.INVALID_REQUEST, draft);
        }
        if (request.transactionTimeoutMs() <= 0 || request.transactionTimeoutMs() > settings.maxTimeoutMs()) {
            return refuse(ticket, ErrorCode.INVALID_TRANSACTION_TIMEOUT, draft);
        }
        TransactionState state = transactions.get(request.transactionalId());
        if (state == null) {
            if (spareId < 0) {
                return false;
            }
            state = TransactionState.created(request.transactionalId(), spareId, request.transactionTimeoutMs(), nowMs);
        }
        if (state.status().isPrepared()) {
            return refuse(ticket, ErrorCode.CONCURRENT_TRANSACTIONS, draft);
        }
        if (isFenced(state, request)) {
            return refuse(ticket, ErrorCode.PRODUCER_FENCED, draft);
        }
        return switch (state.status()) {
            case ONGOING -> {
                boolean decided = ending.abort(state, spareId, draft);
                yield decided && refuse(ticket, ErrorCode.CONCURRENT_TRANSACTIONS, draft);
            }
            case EMPTY, COMPLETE_COMMIT, COMPLETE_ABORT -> nextEpoch(ticket, state, request, spareId, draft);
            case PREPARE_COMMIT, PREPARE_ABORT, DEAD, PREPARE_EPOCH_FENCE ->
                throw new IllegalStateException(state.status() + " has been dealt with, or is not in a record");
        };
    }

    private static boolean names(InitProducerIdRequestData request) {
        return request.producerId() != TransactionState.NO_PRODUCER_ID;
    }

    /** A producer that says who it is has to be the present one, or the one before if its epochs have been used up. */
    private static boolean isFenced(TransactionState state, InitProducerIdRequestData request) {
        return names(request)
                && state.epoch() != TransactionState.NO_EPOCH
                && request.producerId() != state.producerId()
                && !(request.producerId() == state.previousProducerId()
                        && request.producerEpoch() >= TransactionState.LAST_EPOCH);
    }

    private boolean nextEpoch(
            long ticket, TransactionState state, InitProducerIdRequestData request, long spareId, StepDraft draft) {
        long nowMs = draft.env().wallMs();
        int timeoutMs = request.transactionTimeoutMs();
        if (state.isExhausted()) {
            if (names(request) && request.producerEpoch() != state.epoch()) {
                // As Kafka answers what it holds to be impossible.
                return refuse(ticket, ErrorCode.UNKNOWN_SERVER_ERROR, draft);
            }
            if (spareId < 0) {
                return false;
            }
            short lastEpoch = names(request) ? state.epoch() : TransactionState.NO_EPOCH;
            return grant(ticket, state.rotated(spareId, lastEpoch, timeoutMs, nowMs), draft);
        }
        short bumped = (short) (state.epoch() + 1);
        if (!names(request)) {
            return grant(ticket, state.initialized(bumped, TransactionState.NO_EPOCH, timeoutMs, nowMs), draft);
        }
        if (state.epoch() == TransactionState.NO_EPOCH || request.producerEpoch() == state.epoch()) {
            return grant(ticket, state.initialized(bumped, state.epoch(), timeoutMs, nowMs), draft);
        }
        if (request.producerEpoch() == state.lastEpoch()) {
            // The answer to the same request was lost.
            return grant(ticket, state.initialized(state.epoch(), state.lastEpoch(), timeoutMs, nowMs), draft);
        }
        return refuse(ticket, ErrorCode.PRODUCER_FENCED, draft);
    }

    private boolean grant(long ticket, TransactionState state, StepDraft draft) {
        if (!Transactions.fits(state, draft)) {
            return refuse(ticket, ErrorCode.UNKNOWN_SERVER_ERROR, draft);
        }
        transactions.write(state, draft);
        draft.answer(
                ticket,
                new InitProducerIdResponseData()
                        .setProducerId(state.producerId())
                        .setProducerEpoch(state.epoch()));
        return true;
    }

    static boolean refuse(long ticket, ErrorCode error, StepDraft draft) {
        draft.answer(
                ticket,
                new InitProducerIdResponseData()
                        .setErrorCode(error.code())
                        .setProducerId(TransactionState.NO_PRODUCER_ID)
                        .setProducerEpoch(TransactionState.NO_EPOCH));
        return true;
    }
}
