package io.headrace.coordination.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.coordination.group.GroupSimulation.Flaw;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for a classic group whatever its members and its coordinator go through. */
final class GroupPropertyTest {

    private static final int STEPS = 2_000;

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void partitionsHaveOneOwnerAndCommitsStand(long seed) {
        new GroupSimulation(seed, Flaw.NONE).run(STEPS);
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    /** A simulation that cannot fail proves nothing. */
    @ParameterizedTest
    @EnumSource(value = Flaw.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aFlawIsFound(Flaw flaw) {
        assertThat(LongStream.rangeClosed(1, 20).filter(seed -> fails(seed, flaw)))
                .hasSizeGreaterThan(5);
    }

    private static boolean fails(long seed, Flaw flaw) {
        try {
            new GroupSimulation(seed, flaw).run(STEPS);
            return false;
        } catch (AssertionError _) {
            return true;
        }
    }
}
