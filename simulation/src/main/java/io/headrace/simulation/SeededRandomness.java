package io.headrace.simulation;

import io.headrace.ports.Check;
import io.headrace.ports.Randomness;

/**
 * SplitMix64, written out so that a seed means the same run on every JDK. Independent choices draw from
 * {@link #fork forks}: one more draw by the load then does not change what the disk loses.
 */
public final class SeededRandomness implements Randomness {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    public SeededRandomness(long seed) {
        state = seed;
    }

    @Override
    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** From 0 up to the bound, without it. */
    public int below(int bound) {
        Check.that(bound > 0, "nothing can be chosen from", bound, 0);
        return (int) Long.remainderUnsigned(nextLong(), bound);
    }

    /** Both ends included. */
    public int between(int least, int most) {
        return least + below(most - least + 1);
    }

    /** True once in so many times; never for 0. */
    public boolean oneIn(int times) {
        return times > 0 && below(times) == 0;
    }

    public boolean coin() {
        return nextLong() < 0;
    }

    public SeededRandomness fork() {
        return new SeededRandomness(mix(nextLong()));
    }

    static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
