package io.headrace.coordination.transaction;

import io.headrace.coordination.CoordinatorEnv;
import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.StepDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogKey;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogValue;

/** The transactional ids of one partition of {@code __transaction_state}. Owned by its coordinator. */
final class Transactions {

    private final NavigableMap<String, TransactionState> byId = new TreeMap<>();

    /** Null if the id is unknown. */
    TransactionState get(String transactionalId) {
        return byId.get(transactionalId);
    }

    List<TransactionState> all() {
        return new ArrayList<>(byId.values());
    }

    /** Whether a request may lead to this; one that is too large for a batch is to be refused. */
    static boolean fits(TransactionState state, StepDraft draft) {
        return draft.hasRoomFor(List.of(state.toRecord()));
    }

    /** Writes the state, and keeps what is not in its record. */
    void write(TransactionState state, StepDraft draft) {
        draft.write(state.toRecord());
        byId.put(state.transactionalId(), state);
        TransactionTimer.Timeout timeout = new TransactionTimer.Timeout(state.transactionalId());
        if (state.status() == TransactionStatus.ONGOING) {
            draft.timer(timeout, remainingMs(state, draft.env()));
        } else {
            draft.cancelTimer(timeout);
        }
    }

    static long remainingMs(TransactionState ongoing, CoordinatorEnv env) {
        return Math.max(0, ongoing.startMs() + ongoing.timeoutMs() - env.wallMs());
    }

    void forget(TransactionState state, StepDraft draft) {
        draft.write(CoordinatorRecord.tombstone(TransactionState.keyOf(state.transactionalId())));
    }

    void apply(TransactionLogKey key, TransactionLogValue value) {
        if (value == null) {
            byId.remove(key.transactionalId());
        } else {
            byId.put(key.transactionalId(), TransactionState.of(key, value));
        }
    }
}
