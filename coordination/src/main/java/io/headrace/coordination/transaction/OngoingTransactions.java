package io.headrace.coordination.transaction;

import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.Origin;
import io.headrace.coordination.Replay;
import io.headrace.ports.Check;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogKey;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogValue;

/**
 * What one partition of {@code __transaction_state} says of transactions that have not ended, and the decision to abort
 * those that nobody has decided about: for a directory whose producers are gone. The markers are left to the coordinator,
 * which writes them when it loads the partition, as after a crash behind the decision.
 */
public final class OngoingTransactions implements Replay {

    private final Transactions transactions = new Transactions();

    @Override
    public void apply(CoordinatorRecord record, Origin origin) {
        transactions.apply((TransactionLogKey) record.key(), (TransactionLogValue) record.value());
    }

    /** None of its records are part of a transaction. */
    @Override
    public void applyMarker(long producerId, short producerEpoch, boolean commit) {}

    /** Transactional ids whose transaction is neither decided nor ended, in alphabetical order. */
    public List<String> undecided() {
        return ids(false);
    }

    /** Those whose outcome is decided, but perhaps not told to every partition. */
    public List<String> decided() {
        return ids(true);
    }

    private List<String> ids(boolean decided) {
        List<String> ids = new ArrayList<>();
        for (TransactionState state : transactions.all()) {
            if (decided ? state.status().isPrepared() : state.status() == TransactionStatus.ONGOING) {
                ids.add(state.transactionalId());
            }
        }
        return ids;
    }

    /** How many new producer ids {@link #abort} takes: one for each undecided transaction whose epochs are used up. */
    public int producerIdsNeeded() {
        int needed = 0;
        for (TransactionState state : transactions.all()) {
            needed += takesId(state) ? 1 : 0;
        }
        return needed;
    }

    private static boolean takesId(TransactionState state) {
        return state.status() == TransactionStatus.ONGOING && state.isExhausted();
    }

    /**
     * The records that abort what is undecided, to be appended to the partition.
     *
     * @param nowMs wall time
     * @param producerIds as many as are needed, which nobody else is given
     */
    public List<CoordinatorRecord> abort(long nowMs, List<Long> producerIds) {
        Check.that(producerIds.size() == producerIdsNeeded(), "there is an id for each that needs one");
        List<CoordinatorRecord> records = new ArrayList<>();
        int next = 0;
        for (TransactionState state : transactions.all()) {
            if (state.status() == TransactionStatus.ONGOING) {
                long spareId = takesId(state) ? producerIds.get(next++) : TransactionState.NO_PRODUCER_ID;
                records.add(state.abandoned(spareId, nowMs).toRecord());
            }
        }
        return records;
    }
}
