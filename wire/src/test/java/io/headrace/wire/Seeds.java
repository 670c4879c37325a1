package io.headrace.wire;

import java.util.stream.LongStream;

/** The seeds of a property test; {@code -Dheadrace.seeds=N} asks for more than the usual few. */
final class Seeds {

    private Seeds() {}

    static LongStream few() {
        return LongStream.range(0, Long.getLong("headrace.seeds", 20));
    }
}
