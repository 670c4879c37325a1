package io.headrace.simulation;

import java.util.List;
import java.util.function.Supplier;

/** Plays scenarios. The same seed on the same commit gives the same {@link Run#traceHash()}, in any JVM. */
public final class Simulation {

    private Simulation() {}

    /**
     * How one seed ended.
     *
     * @param events that happened, and that the hash is over
     * @param failure null if every promise was kept
     * @param lastEvents before the failure
     */
    public record Run(
            String scenario, long seed, long traceHash, long events, Throwable failure, List<String> lastEvents) {

        public boolean passed() {
            return failure == null;
        }

        @Override
        public String toString() {
            return "scenario " + scenario + " seed " + seed + " events " + events + " hash "
                    + Long.toHexString(traceHash) + (passed() ? " passed" : " FAILED: " + failure);
        }
    }

    public static Run play(Scenario scenario, long seed) {
        return play(scenario, seed, new Trace());
    }

    public static Run play(Scenario scenario, long seed, Trace trace) {
        Throwable failure = null;
        try {
            scenario.play(new SimulatedMachine(seed, trace));
        } catch (Exception | PowerLoss | AssertionError thrown) {
            failure = thrown;
        }
        return new Run(scenario.name(), seed, trace.hash(), trace.events(), failure, trace.last(Limits.EVENTS_SHOWN));
    }

    /** Plays seeds from the first on until one fails; that run, or null if all passed. */
    public static Run firstFailure(Supplier<Scenario> scenarios, long firstSeed, long seeds) {
        for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
            Run run = play(scenarios.get(), seed);
            if (!run.passed()) {
                return run;
            }
        }
        return null;
    }
}
