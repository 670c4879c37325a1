package io.headrace.coordination.transaction;

import io.headrace.coordination.StepDraft;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.EndTxnResponseData;

/**
 * How transactions end: the outcome is written first, and stands from then on; the markers follow, and then the record that
 * all of them are there. With transaction version 2 each end gives the producer its next epoch (KIP-890).
 */
final class TransactionEnd {

    private final Transactions transactions;

    TransactionEnd(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * EndTxn; false if it takes a new producer id and there is none yet, with nothing changed.
     *
     * @param clientVersion the transaction version that the client speaks
     * @param spareId a producer id to use if one is needed, -1 for none
     */
    boolean end(long ticket, EndTxnRequestData request, short clientVersion, long spareId, StepDraft draft) {
        TransactionState state = transactions.get(request.transactionalId());
        if (request.transactionalId().isEmpty()) {
            return answer(ticket, ErrorCode.INVALID_REQUEST, draft);
        }
        if (state == null) {
            return answer(ticket, ErrorCode.INVALID_PRODUCER_ID_MAPPING, draft);
        }
        return clientVersion >= TransactionCoordinator.EPOCH_BUMP_VERSION
                ? endWithBump(ticket, state, request, spareId, draft)
                : endPlainly(ticket, state, request, draft);
    }

    // ---- the old protocol

    private boolean endPlainly(long ticket, TransactionState state, EndTxnRequestData request, StepDraft draft) {
        if (request.producerId() != state.producerId()) {
            return answer(ticket, ErrorCode.INVALID_PRODUCER_ID_MAPPING, draft);
        }
        if (request.producerEpoch() != state.epoch()) {
            return answer(ticket, ErrorCode.PRODUCER_FENCED, draft);
        }
        boolean commit = request.committed();
        return switch (state.status()) {
            case ONGOING -> {
                decide(state.ending(commit, (short) 0, TransactionState.NO_PRODUCER_ID, now(draft)), draft);
                yield answer(ticket, ErrorCode.NONE, draft);
            }
            case COMPLETE_COMMIT -> answer(ticket, commit ? ErrorCode.NONE : ErrorCode.INVALID_TXN_STATE, draft);
            case COMPLETE_ABORT -> answer(ticket, commit ? ErrorCode.INVALID_TXN_STATE : ErrorCode.NONE, draft);
            case PREPARE_COMMIT, PREPARE_ABORT -> answer(ticket, ErrorCode.CONCURRENT_TRANSACTIONS, draft);
            case EMPTY -> answer(ticket, ErrorCode.INVALID_TXN_STATE, draft);
            case DEAD, PREPARE_EPOCH_FENCE -> throw impossible(state);
        };
    }

    // ---- the new one

    private boolean endWithBump(
            long ticket, TransactionState state, EndTxnRequestData request, long spareId, StepDraft draft) {
        short epoch = request.producerEpoch();
        boolean afterRotation = state.previousProducerId() == request.producerId()
                && epoch == TransactionState.LAST_EPOCH
                && state.epoch() == 0;
        boolean afterBump = state.epoch() == epoch + 1;
        if (request.producerId() != state.producerId() && !afterRotation) {
            return answer(ticket, ErrorCode.INVALID_PRODUCER_ID_MAPPING, draft);
        }
        boolean present = epoch == state.epoch();
        boolean valid = switch (state.status()) {
            case EMPTY, ONGOING -> present;
            case PREPARE_COMMIT, PREPARE_ABORT -> true;
            case COMPLETE_COMMIT, COMPLETE_ABORT -> afterBump || afterRotation || present;
            case DEAD, PREPARE_EPOCH_FENCE -> throw impossible(state);
        };
        if (!valid) {
            return answer(ticket, ErrorCode.PRODUCER_FENCED, draft);
        }
        boolean commit = request.committed();
        boolean again = afterBump || afterRotation;
        return switch (state.status()) {
            case ONGOING -> endNow(ticket, state, commit, spareId, draft);
            case PREPARE_COMMIT, PREPARE_ABORT -> answer(ticket, ErrorCode.CONCURRENT_TRANSACTIONS, draft);
            case COMPLETE_COMMIT, COMPLETE_ABORT -> {
                boolean same = commit == (state.status() == TransactionStatus.COMPLETE_COMMIT);
                if (again && same) {
                    yield answer(ticket, state, ErrorCode.NONE, draft);
                }
                yield again || commit
                        ? answer(ticket, ErrorCode.INVALID_TXN_STATE, draft)
                        : endNow(ticket, state, false, spareId, draft);
            }
            case EMPTY ->
                commit
                        ? answer(ticket, ErrorCode.INVALID_TXN_STATE, draft)
                        : endNow(ticket, state, false, spareId, draft);
            case DEAD, PREPARE_EPOCH_FENCE -> throw impossible(state);
        };
    }

    /** Also an abort of nothing, which a client that lost track asks for to get a new epoch. */
    private boolean endNow(long ticket, TransactionState state, boolean commit, long spareId, StepDraft draft) {
        if (state.isExhausted() && spareId < 0) {
            return false;
        }
        TransactionState prepared = state.endingWithBump(commit, spareId, now(draft));
        decide(prepared, draft);
        return answer(ticket, prepared.completed(now(draft)), ErrorCode.NONE, draft);
    }

    // ---- by the coordinator

    /**
     * Aborts the ongoing transaction under a new epoch, which fences its producer; false if it takes a new producer id and
     * there is none yet.
     */
    boolean abort(TransactionState ongoing, long spareId, StepDraft draft) {
        if (ongoing.isExhausted() && spareId < 0) {
            return false;
        }
        decide(ongoing.abandoned(spareId, now(draft)), draft);
        return true;
    }

    // ---- the way to the end

    private void decide(TransactionState prepared, StepDraft draft) {
        transactions.write(prepared, draft);
        if (prepared.partitions().isEmpty()) {
            transactions.write(prepared.completed(now(draft)), draft);
        } else {
            writeMarkers(prepared, draft);
        }
    }

    /** Again after a restart, since nobody knows which of them were written. */
    void writeMarkers(TransactionState prepared, StepDraft draft) {
        draft.task(new TransactionTask.WriteMarkers(
                prepared.transactionalId(),
                prepared.producerId(),
                prepared.epoch(),
                prepared.status() == TransactionStatus.PREPARE_COMMIT,
                prepared.version(),
                new ArrayList<>(prepared.partitions())));
    }

    /** False if the transaction has ended before. */
    boolean markersWritten(TransactionEvent.MarkersWritten written, StepDraft draft) {
        TransactionState state = transactions.get(written.transactionalId());
        boolean present = state != null
                && state.status().isPrepared()
                && state.producerId() == written.producerId()
                && state.epoch() == written.epoch();
        if (present) {
            transactions.write(state.completed(now(draft)), draft);
        }
        return present;
    }

    // ---- answers

    private static boolean answer(long ticket, ErrorCode error, StepDraft draft) {
        return answer(ticket, null, error, draft);
    }

    /** @param granted whose id and epoch the client is told; null, and then the error counts, if none */
    private static boolean answer(long ticket, TransactionState granted, ErrorCode error, StepDraft draft) {
        EndTxnResponseData response = new EndTxnResponseData();
        if (granted == null) {
            response.setErrorCode(error.code());
        } else {
            response.setProducerId(granted.producerId()).setProducerEpoch(granted.epoch());
        }
        draft.answer(ticket, response);
        return true;
    }

    static boolean refuse(long ticket, ErrorCode error, StepDraft draft) {
        return answer(ticket, error, draft);
    }

    private static long now(StepDraft draft) {
        return draft.env().wallMs();
    }

    private static IllegalStateException impossible(TransactionState state) {
        return new IllegalStateException(state.status() + " is not in a record");
    }
}
