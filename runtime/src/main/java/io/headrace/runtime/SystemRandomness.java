package io.headrace.runtime;

import io.headrace.ports.Randomness;
import java.security.SecureRandom;

/** Unpredictable numbers, for ids that must never be given twice. One for each shard. */
public final class SystemRandomness implements Randomness {

    private final SecureRandom random = new SecureRandom();

    @Override
    public long nextLong() {
        return random.nextLong();
    }
}
