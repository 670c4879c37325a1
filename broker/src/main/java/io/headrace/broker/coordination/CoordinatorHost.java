package io.headrace.broker.coordination;

import io.headrace.coordination.Coordinator;
import io.headrace.log.AppendOrigin;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Timer;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The coordinator of one partition, on the shard that owns the partition; no other thread calls it. It is loaded when it
 * is first needed. Most loads are over before a client would have asked again, so that requests wait for one a moment
 * before they are told that it is under way.
 */
final class CoordinatorHost<E> {

    /**
     * <pre>
     * Idle --needed--> Loading --loaded--> Active
     *   ^                |  ^                |
     *   '---failed-------'  '--write failed--'
     * any --the broker stops, the topic is deleted--> Ended
     * </pre>
     */
    private sealed interface State<E> {

        /** A load that has failed a moment ago is not tried again before that time. */
        record Idle<E>(long notBeforeMonotonicMs) implements State<E> {}

        /** Told apart by identity: a load that was overtaken must not end another. */
        final class Loading<E> implements State<E> {
            private final List<Waiting<E>> waiting = new ArrayList<>();
            private final List<E> news = new ArrayList<>();
            private boolean takesLong;
        }

        record Active<E>(ActiveCoordinator<E> coordinator) implements State<E> {}

        record Ended<E>() implements State<E> {}
    }

    /** A request that has come while the coordinator was being loaded. */
    private record Waiting<E>(LongFunction<E> event, AppendOrigin.Coordinator origin, Asker asker) {}

    private final CoordinatorKind<E> kind;
    private final LeaderPartition partition;
    private final HostEnv env;
    private State<E> state = new State.Idle<>(Long.MIN_VALUE);

    CoordinatorHost(CoordinatorKind<E> kind, LeaderPartition partition, HostEnv env) {
        this.kind = kind;
        this.partition = partition;
        this.env = env;
    }

    /** @param event of the ticket that its answer will carry */
    void submit(LongFunction<E> event, Asker asker) {
        submit(event, AppendOrigin.Coordinator.plain(), asker);
    }

    /** @param origin of the records that the event leads to */
    void submit(LongFunction<E> event, AppendOrigin.Coordinator origin, Asker asker) {
        load();
        switch (state) {
            case State.Active<E>(var coordinator) -> coordinator.submit(event, origin, asker);
            case State.Loading<E> loading
            when !loading.takesLong && loading.waiting.size() < Limits.WAITING_FOR_LOAD ->
                loading.waiting.add(new Waiting<>(event, origin, asker));
            case State.Loading<E> _ -> asker.refused(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
            case State.Idle<E> _, State.Ended<E> _ -> asker.refused(ErrorCode.NOT_COORDINATOR);
        }
    }

    /** Tells the core of something; one that is being loaded hears of it afterwards. */
    void inform(E event) {
        switch (state) {
            case State.Active<E>(var coordinator) -> coordinator.submit(event);
            case State.Loading<E> loading -> loading.news.add(event);
            case State.Idle<E> _, State.Ended<E> _ -> {}
        }
    }

    /** Begins to load, unless that has been done or has failed a moment ago. */
    void load() {
        if (!(state instanceof State.Idle<E>(long notBefore)) || env.time().monotonicMs() < notBefore) {
            return;
        }
        State.Loading<E> loading = new State.Loading<>();
        state = loading;
        Timer grace = env.shard().schedule(Limits.LOAD_GRACE_MS, () -> refuseWaiting(loading));
        new CoordinatorLoading<>(kind, partition, new CoordinatorLoading.Outcome<>() {
                    @Override
                    public void loaded(Coordinator<E> core) {
                        grace.cancel();
                        if (state.equals(loading)) {
                            activate(core, loading);
                        }
                    }

                    @Override
                    public void failed(ErrorCode error) {
                        grace.cancel();
                        if (state.equals(loading)) {
                            state = new State.Idle<>(env.time().monotonicMs() + Limits.PAUSE_AFTER_FAILED_LOAD_MS);
                            refuse(loading.waiting, ErrorCode.NOT_COORDINATOR);
                        }
                    }
                })
                .start();
    }

    private void refuseWaiting(State.Loading<E> loading) {
        loading.takesLong = true;
        refuse(loading.waiting, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
    }

    private static <E> void refuse(List<Waiting<E>> waiting, ErrorCode error) {
        List<Waiting<E>> refused = new ArrayList<>(waiting);
        waiting.clear();
        refused.forEach(one -> one.asker().refused(error));
    }

    private void activate(Coordinator<E> core, State.Loading<E> loaded) {
        ActiveCoordinator<E> coordinator = new ActiveCoordinator<>(kind, core, partition, env, this::startOver);
        state = new State.Active<>(coordinator);
        coordinator.start();
        loaded.news.forEach(this::inform);
        loaded.waiting.forEach(one -> submit(one.event(), one.origin(), one.asker()));
    }

    private void startOver(String why, boolean likelyAgain) {
        env.news().startedOver(partition.id(), why);
        long pauseMs = likelyAgain ? Limits.PAUSE_AFTER_STEP_TOO_LARGE_MS : 0;
        state = new State.Idle<>(env.time().monotonicMs() + pauseMs);
        load();
    }

    /** Begins to stop: whoever is parked is told to look for a coordinator elsewhere, and so is who comes from now on. */
    void stop() {
        State<E> before = state;
        state = new State.Ended<>();
        switch (before) {
            case State.Active<E>(var coordinator) -> coordinator.stop(ErrorCode.NOT_COORDINATOR);
            case State.Loading<E> loading -> refuse(loading.waiting, ErrorCode.NOT_COORDINATOR);
            case State.Idle<E> _, State.Ended<E> _ -> {}
        }
    }
}
