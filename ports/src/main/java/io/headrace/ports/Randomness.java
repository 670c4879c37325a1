package io.headrace.ports;

/** Where ids and jitter come from, so that a simulated run can be replayed from its seed. */
@FunctionalInterface
public interface Randomness {

    long nextLong();
}
