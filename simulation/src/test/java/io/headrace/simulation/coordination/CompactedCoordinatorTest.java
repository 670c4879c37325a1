package io.headrace.simulation.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.simulation.SeededRandomness;
import java.io.IOException;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random lives of coordinators whose logs are compacted at any moment, tombstones and markers of old included: what a
 * coordinator loads from what is left is what it would have loaded from everything. {@code -Dheadrace.seeds=N} tries more.
 */
class CompactedCoordinatorTest {

    private static final int ROUNDS = 15;

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("headrace.seeds", 60));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void groupsAndTheirOffsetsAreWhatTheyWere(long seed) throws IOException {
        live(new CoordinatorLife<>(new SeededRandomness(seed), new GroupHistory()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void transactionsAreWhatTheyWere(long seed) throws IOException {
        live(new CoordinatorLife<>(new SeededRandomness(seed), new TransactionHistory()));
    }

    private static void live(CoordinatorLife<?> life) throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            life.round();
        }
        assertThat(life.log().share()).as("what compaction has left").isLessThan(1);
    }
}
