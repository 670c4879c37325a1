package io.headrace.replication;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random lives of two partitions that share a disk and a budget. {@code -Dheadrace.seeds=N} tries more of them. */
class RandomLivesTest {

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("headrace.seeds", 300));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsAcknowledgedIsKeptOnceAndInOrderAndEverybodyIsAnswered(long seed) {
        new RandomLife(seed).live();
    }
}
