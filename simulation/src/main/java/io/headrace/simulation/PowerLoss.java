package io.headrace.simulation;

/**
 * The machine is off. An Error, because nothing that runs on a machine without power can catch it and go on: only the
 * simulation does, and then restarts the machine.
 */
public final class PowerLoss extends Error {
    private static final long serialVersionUID = 1L;

    PowerLoss() {
        super("the power is off", null, false, false);
    }
}
