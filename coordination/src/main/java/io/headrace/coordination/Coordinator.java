package io.headrace.coordination;

/**
 * The core of one partition of a coordinator's topic. Pure: no clock, no thread; one shard owns it and calls it.
 *
 * <p>Durable state is what the records of the partition say, and changes in {@link #apply} and {@link #applyMarker} alone,
 * live and on loading alike. Everything else (sessions, requests that wait for their answer) is volatile and changes in
 * {@link #step}. A core whose records could not be written is thrown away, and another one is loaded.
 *
 * @param <E> what can happen to it
 */
public interface Coordinator<E> extends Replay {

    /** Decides on an event. The records of the step have been applied when it returns. */
    Step step(E event, CoordinatorEnv env);

    /** Follows the last record on loading: timers begin, and what a crash left half done goes on. */
    Step loaded(CoordinatorEnv env);
}
