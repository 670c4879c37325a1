package io.headrace.replication;

import io.headrace.log.DamagedLog;
import io.headrace.log.LoadPoint;
import io.headrace.log.LogConfig;
import io.headrace.log.LogIdentity;
import io.headrace.log.PartitionLog;
import io.headrace.log.SyncFailed;
import io.headrace.ports.Check;
import io.headrace.ports.DiskFault;
import io.headrace.ports.DiskWork;
import io.headrace.wire.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Whether a partition has a log to lead: opens it for the first request that needs it, lets it go when it can no longer be
 * trusted, and closes it. Run by the partition's thread.
 *
 * <p>Invariant: a log is opened only when all work on the files of the one before has come back.
 */
final class LogLifecycle {

    /**
     * <pre>
     * Closed --a request--> Opening --opened--> Open --stopped--> Closing --> Gone
     *    ^                   |  |  ^              | |
     *    '--not this time----'  |  '-write failed-' |
     *                           '-damaged--> Offline <--damaged, fsync failed
     * any --deleted--> Gone
     * </pre>
     */
    sealed interface State {

        /**
         * @param clean whether the log, as long as it stays closed, is known to be whole
         * @param failure why it could not be opened last time, null if there was no such time
         */
        record Closed(DiskWork.Task<PartitionLog> opening, boolean clean, String failure) implements State {}

        /** Told apart by identity: an opening that was overtaken must not end another. */
        final class Opening implements State {
            private final List<Waiting> waiting = new ArrayList<>();
        }

        record Open(LeaderLog leader) implements State {}

        record Closing(LeaderLog leader, LeaderPartition.Closing whenClosed) implements State {}

        record Offline(String reason) implements State {}

        record Gone() implements State {}
    }

    /** A request that arrived while the log was being opened. */
    private record Waiting(Consumer<LeaderLog> whenOpen, Consumer<ErrorCode> otherwise) {}

    private static final long NOT_PAUSED = Long.MIN_VALUE;

    private final LogIdentity id;
    private final int leaderEpoch;
    private final LogOpener opener;
    private final PartitionEnv env;
    private final FileWork work;
    private LogConfig config;
    private State state;
    private long pausedUntilMs = NOT_PAUSED;

    LogLifecycle(LogIdentity id, LogConfig config, int leaderEpoch, LogOpener opener, PartitionEnv env, FileWork work) {
        this.id = id;
        this.config = config;
        this.leaderEpoch = leaderEpoch;
        this.opener = opener;
        this.env = env;
        this.work = work;
        this.state = new State.Closed(opener::open, true, null);
    }

    State state() {
        return state;
    }

    /** The leader of the open log, null in every other state. */
    LeaderLog leader() {
        return state instanceof State.Open(LeaderLog leader) ? leader : null;
    }

    /** As {@link #leader}, also while the log is being closed. */
    LeaderLog leaderUntilClosed() {
        return state instanceof State.Closing(LeaderLog leader, var _) ? leader : leader();
    }

    /** A write failed a moment ago: what the log holds can be asked for, but nothing is appended yet. */
    boolean pausesAppends() {
        return isPaused() && (state instanceof State.Open || state instanceof State.Opening);
    }

    LogConfig config() {
        return config;
    }

    /** What an open log goes by from now on, or the next one that is opened. */
    void configure(LogConfig newConfig) {
        config = newConfig;
        if (state instanceof State.Open(LeaderLog leader)) {
            leader.log().configure(newConfig);
        }
    }

    String whyNotOpen() {
        return switch (state) {
            case State.Offline(String reason) -> reason;
            case State.Closed(var _, boolean _, String failure) -> "the log could not be opened: " + failure;
            case State.Closing _, State.Gone _ -> "the partition is closed or deleted";
            case State.Opening _, State.Open _ -> "the log is being opened again";
        };
    }

    // ---- opening

    /** Runs the one as soon as there is a log, perhaps at once, or the other if there will be none. */
    void whenOpen(Consumer<LeaderLog> action, Consumer<ErrorCode> otherwise) {
        switch (state) {
            case State.Open(LeaderLog leader) -> action.accept(leader);
            case State.Opening opening -> opening.waiting.add(new Waiting(action, otherwise));
            case State.Closed _ when isPaused() -> otherwise.accept(ErrorCode.KAFKA_STORAGE_ERROR);
            case State.Closed(DiskWork.Task<PartitionLog> task, boolean _, String _) -> {
                State.Opening opening = new State.Opening();
                state = opening;
                opening.waiting.add(new Waiting(action, otherwise));
                opener.whenFree(() -> {
                    if (state.equals(opening)) {
                        open(task, opening);
                    }
                });
            }
            case State.Offline _ -> otherwise.accept(ErrorCode.KAFKA_STORAGE_ERROR);
            case State.Closing _, State.Gone _ -> otherwise.accept(ErrorCode.NOT_LEADER_OR_FOLLOWER);
        }
    }

    private void open(DiskWork.Task<PartitionLog> task, State.Opening opening) {
        work.run(task, new DiskWork.Outcome<>() {
            @Override
            public void done(PartitionLog log) {
                if (state.equals(opening)) {
                    opened(log, opening);
                } else {
                    log.abandon();
                }
            }

            @Override
            public void failed(Exception cause) {
                if (cause instanceof SyncFailed) {
                    logFailed(cause);
                } else if (state.equals(opening)) {
                    notOpened(task, cause);
                }
            }
        });
    }

    private void opened(PartitionLog log, State.Opening opening) {
        log.configure(config);
        LeaderLog leader = new LeaderLog(log, leaderEpoch, env, work, this::logFailed);
        state = new State.Open(leader);
        env.events().opened(id, log.loadReport());
        leader.startFlush();
        for (Waiting request : opening.waiting) {
            whenOpen(request.whenOpen(), request.otherwise());
        }
    }

    /** Damage stays. Anything else, such as a full disk or too many open files, may be gone when the next request comes. */
    private void notOpened(DiskWork.Task<PartitionLog> task, Exception cause) {
        if (cause instanceof DamagedLog || !(cause instanceof IOException)) {
            takeOffline(cause);
            return;
        }
        pause();
        env.events().notOpened(id, cause);
        String why = DiskFault.inWords(cause);
        leave(new State.Closed(task, false, why), ErrorCode.KAFKA_STORAGE_ERROR, why);
    }

    private void pause() {
        pausedUntilMs = env.time().monotonicMs() + Limits.PAUSE_AFTER_FAILURE_MS;
    }

    private boolean isPaused() {
        return pausedUntilMs != NOT_PAUSED && env.time().monotonicMs() < pausedUntilMs;
    }

    // ---- faults

    private void logFailed(Exception cause) {
        switch (cause) {
            case SyncFailed syncFailed -> {
                takeOffline(cause);
                env.events().directoryFailed(id, cause);
            }
            case DamagedLog damaged -> takeOffline(cause);
            default -> startOver(cause);
        }
    }

    /** What was not flushed is found again by reading; those who waited for it are told to retry. */
    private void startOver(Exception cause) {
        String why = "the log failed: " + DiskFault.inWords(cause);
        env.events().startedOver(id, cause);
        if (!(state instanceof State.Open(LeaderLog leader))) {
            // It was about to be closed, and is read again after the next start.
            leave(new State.Gone(), ErrorCode.KAFKA_STORAGE_ERROR, why);
            return;
        }
        pause();
        State.Opening opening = new State.Opening();
        leave(opening, ErrorCode.KAFKA_STORAGE_ERROR, why);
        work.whenQuiet(() -> {
            if (state.equals(opening)) {
                LoadPoint from = leader.log().reloadPoint();
                open(() -> opener.reopen(from), opening);
            }
        });
    }

    /** See {@link LeaderPartition#takeOffline}. */
    void takeOffline(Exception cause) {
        if (state instanceof State.Offline || state instanceof State.Gone) {
            return;
        }
        leave(new State.Offline(cause.getMessage()), ErrorCode.KAFKA_STORAGE_ERROR, cause.getMessage());
        env.events().offline(id, cause);
    }

    // ---- the end

    /** See {@link LeaderPartition#delete}. */
    void delete(Runnable untouched) {
        leave(new State.Gone(), ErrorCode.NOT_LEADER_OR_FOLLOWER, "the topic was deleted");
        work.whenQuiet(untouched);
    }

    private void leave(State next, ErrorCode error, String why) {
        State before = state;
        state = next;
        switch (before) {
            case State.Open(LeaderLog leader) -> drop(leader, error, why);
            case State.Closing(LeaderLog leader, LeaderPartition.Closing closing) -> {
                drop(leader, error, why);
                closing.closed(false, null);
            }
            case State.Opening opening ->
                opening.waiting.forEach(request -> request.otherwise().accept(error));
            case State.Closed _, State.Offline _, State.Gone _ -> {}
        }
    }

    private void drop(LeaderLog leader, ErrorCode error, String why) {
        leader.discard(error, why);
        work.whenQuiet(leader.log()::abandon);
    }

    /** See {@link LeaderPartition#close}. */
    void close(LeaderPartition.Closing closing) {
        switch (state) {
            case State.Open(LeaderLog leader) -> {
                state = new State.Closing(leader, closing);
                leader.close(() -> closed(leader, closing));
            }
            case State.Opening opening -> opening.waiting.add(new Waiting(_ -> close(closing), _ -> close(closing)));
            case State.Closing _ -> Check.that(false, "a partition is closed once");
            case State.Closed(var _, boolean clean, String _) -> {
                state = new State.Gone();
                closing.closed(clean, null);
            }
            case State.Gone() -> closing.closed(true, null);
            case State.Offline _ -> closing.closed(false, null);
        }
    }

    private void closed(LeaderLog leader, LeaderPartition.Closing closing) {
        state = new State.Gone();
        leader.discard(ErrorCode.NOT_LEADER_OR_FOLLOWER, "the broker is stopping");
        closing.closed(true, leader.log());
    }
}
