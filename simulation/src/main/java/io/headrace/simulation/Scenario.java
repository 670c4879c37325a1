package io.headrace.simulation;

import java.io.IOException;

/** A core of the broker, a load for it, and what must hold whatever happens. */
public interface Scenario {

    String name();

    /** Throws {@link Violation} where a promise was broken; whatever else is thrown is a failure too. */
    void play(SimulatedMachine machine) throws IOException;
}
