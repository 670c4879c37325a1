package io.headrace.coordination;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.protocol.ApiMessage;

/** A step in the making. A record counts from the moment it is written: the coordinator applies it at once. */
public final class StepDraft {

    private final Coordinator<?> coordinator;
    private final CoordinatorEnv env;
    private final Origin origin;
    private final List<CoordinatorRecord> records = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private long bytes;

    public StepDraft(Coordinator<?> coordinator, CoordinatorEnv env, Origin origin) {
        this.coordinator = coordinator;
        this.env = env;
        this.origin = origin;
    }

    public CoordinatorEnv env() {
        return env;
    }

    public void write(CoordinatorRecord record) {
        coordinator.apply(record, origin);
        records.add(record);
        bytes += RecordCodec.bytes(record);
    }

    /** Whether the step can write these, too. What a client sends may be too large for one batch, and is to be refused then. */
    public boolean hasRoomFor(List<CoordinatorRecord> more) {
        return bytes + more.stream().mapToLong(RecordCodec::bytes).sum() <= env.stepBytes();
    }

    /** Whether what has time had better wait for another step. Never of a step that has written nothing, which would wait for ever. */
    public boolean hasEnough() {
        return bytes > 0 && bytes >= Math.min(Limits.STEP_BYTES_ENOUGH, env.stepBytes() / 2);
    }

    public void answer(long ticket, ApiMessage response) {
        effects.add(new Effect.Answer(ticket, response));
    }

    /** @param delayMs from now */
    public void timer(Object key, long delayMs) {
        effects.add(new Effect.Timer(key, env.monotonicMs() + delayMs));
    }

    public void task(Object what) {
        effects.add(new Effect.Task(what));
    }

    public void cancelTimer(Object key) {
        effects.add(new Effect.CancelTimer(key));
    }

    public Step finish() {
        return new Step(records, origin, effects);
    }
}
