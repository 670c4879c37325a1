package io.headrace.simulation.coordination;

import io.headrace.coordination.Coordinator;
import io.headrace.coordination.CoordinatorEnv;
import io.headrace.coordination.RecordCodec;
import io.headrace.coordination.TopicView;
import io.headrace.simulation.SeededRandomness;
import java.util.NavigableSet;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * A random life of one kind of coordinator.
 *
 * @param <E> what can happen to it
 */
interface CoordinatorHistory<E> {

    RecordCodec codec();

    Coordinator<E> newCore();

    E timerFired(Object key);

    TopicView topics();

    /** Something happens to the coordinator of the life. */
    void happen(SeededRandomness random, CoordinatorLife<E> life);

    void answered(long ticket, ApiMessage response);

    void asked(Object task, SeededRandomness random, CoordinatorLife<E> life);

    /** The core has been loaded anew: who waited for an answer will not get it. */
    void restarted();

    /** All that can be asked of a core, which is changed by it in nothing that is durable. */
    NavigableSet<String> everythingIn(Coordinator<E> core, CoordinatorEnv env);

    /** What the core holds back until its transaction ends is committed. */
    void commitAll(Coordinator<E> core);
}
