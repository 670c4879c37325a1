package io.headrace.coordination.transaction;

import io.headrace.coordination.CoordinatorRig;
import io.headrace.coordination.RecordCodec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;
import org.apache.kafka.common.protocol.ApiMessage;

/** What a broker is to a transaction coordinator; its tasks lie here until somebody does them. */
final class TransactionRig extends CoordinatorRig<TransactionEvent> {

    static final TransactionSettings SETTINGS = new TransactionSettings(900_000, 604_800_000, 3_600_000);

    private static final Kind<TransactionEvent> KIND = new Kind<>(
            RecordCodec.TRANSACTIONS, () -> new TransactionCoordinator(SETTINGS), TransactionEvent.TimerFired::new);

    final Deque<TransactionTask> tasks;

    /** @param answers takes a ticket and its response once it is released */
    TransactionRig(BiConsumer<Long, ApiMessage> answers) {
        this(answers, new ArrayDeque<>());
    }

    private TransactionRig(BiConsumer<Long, ApiMessage> answers, Deque<TransactionTask> tasks) {
        super(KIND, 1, false, audience(answers, tasks));
        this.tasks = tasks;
    }

    private static Audience audience(BiConsumer<Long, ApiMessage> answers, Deque<TransactionTask> tasks) {
        return new Audience() {
            @Override
            public void answered(long ticket, ApiMessage response) {
                answers.accept(ticket, response);
            }

            @Override
            public void asked(Object task) {
                tasks.add((TransactionTask) task);
            }
        };
    }

    /** The disk catches up with so many writes. */
    void flush(int writes) {
        flushTo(Math.min(writes(), flushed() + writes));
    }

    @Override
    public void crash(long durableWrites) {
        tasks.clear();
        super.crash(durableWrites);
    }
}
