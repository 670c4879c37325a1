package io.headrace.simulation.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.simulation.DiskFaults;
import io.headrace.simulation.Simulation;
import io.headrace.simulation.Violation;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** More seeds: {@code -Dheadrace.seeds=N}, or {@code ./dev sim --scenario metadata --seeds N}. */
class MetadataSimulationTest {

    private static final long SEEDS = Long.getLong("headrace.seeds", 60);

    /** A canary that lives through so many seeds says that the simulation is blind. */
    private static final long CANARY_SEEDS = 100;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noChangeThatWasPublishedIsLost(long seed) {
        Simulation.Run run = Simulation.play(new MetadataSimulation(), seed);

        assertThat(run.failure())
                .withFailMessage(() -> run + "\n" + String.join("\n", run.lastEvents()))
                .isNull();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(value = DiskFaults.Lie.class, mode = Mode.EXCLUDE, names = "NONE")
    void aDiskThatLiesIsFoundOut(DiskFaults.Lie lie) {
        Simulation.Run run = Simulation.firstFailure(() -> MetadataSimulation.over(lie), 1, CANARY_SEEDS);

        assertThat(run).isNotNull();
        assertThat(run.failure()).isInstanceOf(Violation.class);
    }
}
