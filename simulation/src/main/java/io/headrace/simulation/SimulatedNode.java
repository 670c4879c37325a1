package io.headrace.simulation;

/** A file or a directory. */
sealed interface SimulatedNode permits SimulatedFile, SimulatedDirectory {

    /** Keeps what was synced and, of the rest, what the seed says. */
    void crash(SeededRandomness random);
}
