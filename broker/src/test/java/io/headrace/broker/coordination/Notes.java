package io.headrace.broker.coordination;

import io.headrace.coordination.Coordinator;
import io.headrace.coordination.CoordinatorEnv;
import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.Origin;
import io.headrace.coordination.RecordCodec;
import io.headrace.coordination.Step;
import io.headrace.coordination.StepDraft;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.coordinator.group.generated.OffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.OffsetCommitValue;

/** The least that a coordinator can be: it keeps texts, and lets people wait for each other. */
final class Notes implements Coordinator<Notes.Event> {

    sealed interface Event {

        /** Answered with the number of notes, this one included. */
        record Write(long ticket, String text) implements Event {}

        /** Answered when somebody rings. */
        record Wait(long ticket) implements Event {}

        /** Answers those who wait, and then this one. */
        record Ring(long ticket) implements Event {}

        /** Writes the text when the time has come. */
        record WriteLater(long ticket, String text, long delayMs) implements Event {}

        record Remind(Object key) implements Event {}

        record Break() implements Event {}
    }

    static final class Kind implements CoordinatorKind<Event> {
        private final List<Notes> cores = new ArrayList<>();
        private final CoordinatorTopic topic;

        Kind(int loadBytes) {
            topic = new CoordinatorTopic("notes", 1, Map.of(), RecordCodec.GROUPS, loadBytes);
        }

        @Override
        public CoordinatorTopic topic() {
            return topic;
        }

        @Override
        public Coordinator<Event> newCore() {
            Notes core = new Notes();
            cores.add(core);
            return core;
        }

        @Override
        public Event timerFired(Object key) {
            return new Event.Remind(key);
        }

        @Override
        public void perform(Object task, LeaderPartition partition, Shard shard, Consumer<Event> outcome) {
            throw new AssertionError("notes have no tasks");
        }

        /** The last one that was made. */
        Notes core() {
            return cores.getLast();
        }

        int coresMade() {
            return cores.size();
        }
    }

    private final List<String> texts = new ArrayList<>();
    private final List<Long> waiting = new ArrayList<>();

    List<String> texts() {
        return texts;
    }

    @Override
    public Step step(Event event, CoordinatorEnv env) {
        StepDraft draft = new StepDraft(this, env, Origin.NONE);
        switch (event) {
            case Event.Write(long ticket, String text) -> {
                draft.write(note(text));
                draft.answer(ticket, count());
            }
            case Event.Wait(long ticket) -> waiting.add(ticket);
            case Event.Ring(long ticket) -> {
                waiting.forEach(one -> draft.answer(one, count()));
                waiting.clear();
                draft.answer(ticket, count());
            }
            case Event.WriteLater(long ticket, String text, long delayMs) -> {
                draft.timer(text, delayMs);
                draft.answer(ticket, count());
            }
            case Event.Remind(Object key) -> draft.write(note(key.toString()));
            case Event.Break() -> throw new IllegalStateException("broken on purpose");
        }
        return draft.finish();
    }

    private HeartbeatResponseData count() {
        return new HeartbeatResponseData().setThrottleTimeMs(texts.size());
    }

    static CoordinatorRecord note(String text) {
        return CoordinatorRecord.of(new OffsetCommitKey().setGroup(text).setTopic("t"), new OffsetCommitValue());
    }

    @Override
    public void apply(CoordinatorRecord record, Origin origin) {
        String text = ((OffsetCommitKey) record.key()).group();
        texts.add(origin.isTransactional() ? text + " of " + origin.producerId() : text);
    }

    @Override
    public void applyMarker(long producerId, short producerEpoch, boolean commit) {
        texts.add((commit ? "commit of " : "abort of ") + producerId);
    }

    @Override
    public Step loaded(CoordinatorEnv env) {
        return Step.nothing();
    }
}
