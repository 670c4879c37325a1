package io.headrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.simulation.durability.DurabilitySimulation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A seed and a commit are all that is needed to see a run again. */
class ReplayTest {

    @Test
    void theSameSeedGivesTheSameRun() {
        for (long seed = 1; seed <= 10; seed++) {
            Simulation.Run first = Simulation.play(new DurabilitySimulation(), seed);
            Simulation.Run second = Simulation.play(new DurabilitySimulation(), seed);

            assertThat(second.traceHash()).isEqualTo(first.traceHash());
            assertThat(second.events()).isEqualTo(first.events());
        }
    }

    @Test
    void anotherSeedGivesAnotherRun() {
        assertThat(Simulation.play(new DurabilitySimulation(), 1).traceHash())
                .isNotEqualTo(Simulation.play(new DurabilitySimulation(), 2).traceHash());
    }

    /** What differs from one process to the next: identity hash codes, the salt of Set.of and Map.of, threads. */
    @Test
    void theSameSeedsGiveTheSameRunsInTwoProcesses() throws Exception {
        String first = playInProcessOfItsOwn();
        String second = playInProcessOfItsOwn();

        assertThat(first).contains("hash").contains("seeds 1 to 20 passed");
        assertThat(second).isEqualTo(first);
    }

    private static String playInProcessOfItsOwn() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--seed",
                        "1",
                        "--seeds",
                        "20")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
