package io.headrace.metadata;

import io.headrace.ports.Randomness;
import org.apache.kafka.common.Uuid;

/** Random ids for topics, directories and clusters. */
public final class Ids {

    private static final long VERSION_MASK = 0xf000L;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_MASK = 0xc000_0000_0000_0000L;
    private static final long VARIANT_RFC = 0x8000_0000_0000_0000L;

    /** The first six bits, of which the first character of the text is made; this value makes it a dash. */
    private static final long DASH = 62;

    private Ids() {}

    /** A random UUID (version 4) whose text does not begin with a dash, which command lines take for an option. */
    public static Uuid random(Randomness source) {
        while (true) {
            long high = source.nextLong() & ~VERSION_MASK | VERSION_4;
            long low = source.nextLong() & ~VARIANT_MASK | VARIANT_RFC;
            if (high >>> (Long.SIZE - 6) != DASH) {
                return new Uuid(high, low);
            }
        }
    }
}
