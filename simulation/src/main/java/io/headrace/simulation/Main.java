package io.headrace.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Plays seeds from the command line; see {@link #usage}. Exit code 1 if a promise was broken, 2 for a wrong option. */
public final class Main {

    /** Seeds between two signs of life. */
    private static final int REPORT_EVERY = 1000;

    private static final long DEFAULT_SEEDS = 1000;

    private final Map<String, Supplier<Scenario>> scenarios = new LinkedHashMap<>();
    private long firstSeed = 1;
    private long seeds = -1;
    private boolean seedGiven;
    private boolean traced;
    private boolean keepsGoing;

    private Main() {
        for (Supplier<Scenario> scenario : Scenarios.HONEST) {
            scenarios.put(scenario.get().name(), scenario);
        }
    }

    public static void main(String[] args) {
        if (args.length == 1 && args[0].equals("--help")) {
            System.out.println(usage());
            return;
        }
        Main main = new Main();
        String wrong = main.read(args);
        if (wrong != null) {
            System.err.println(wrong);
            System.err.println(usage());
            System.exit(2);
        }
        System.exit(main.play() ? 0 : 1);
    }

    private static String usage() {
        List<String> names = new ArrayList<>();
        for (Supplier<Scenario> scenario : Scenarios.HONEST) {
            names.add(scenario.get().name());
        }
        return """
                usage: ./dev sim [--scenario NAME] [--seed N] [--seeds COUNT] [--trace] [--keep-going]
                  --scenario NAME  plays only this one of: %s
                  --seed N         the first seed (default 1)
                  --seeds COUNT    how many seeds, one after the other (default 1 with --seed, otherwise 1000)
                  --trace          prints every event
                  --keep-going     goes on after a seed that failed, and tells of each in one line
                The same seed on the same commit prints the same hash, on every machine.""".formatted(String.join(", ", names));
    }

    /** Returns what is wrong with the options, null if nothing is. */
    private String read(String[] args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--trace")) {
                traced = true;
                continue;
            }
            if (args[i].equals("--keep-going")) {
                keepsGoing = true;
                continue;
            }
            if (i + 1 == args.length) {
                return args[i] + " is not an option, or lacks its value";
            }
            String value = args[++i];
            try {
                switch (args[i - 1]) {
                    case "--seed" -> {
                        firstSeed = Long.parseLong(value);
                        seedGiven = true;
                    }
                    case "--seeds" -> seeds = Long.parseLong(value);
                    case "--scenario" -> scenarios.keySet().removeIf(name -> !name.equals(value));
                    default -> {
                        return args[i - 1] + " is not an option";
                    }
                }
            } catch (NumberFormatException malformed) {
                return args[i - 1] + " takes a number, not " + value;
            }
        }
        if (seeds < 0) {
            seeds = seedGiven ? 1 : DEFAULT_SEEDS;
        }
        return scenarios.isEmpty() ? "there is no such scenario" : null;
    }

    private boolean play() {
        boolean passed = true;
        for (Supplier<Scenario> scenario : scenarios.values()) {
            passed &= play(scenario);
        }
        return passed;
    }

    /** Stops at the first seed that fails, unless told to go on: the next ones mostly tell the same story. */
    private boolean play(Supplier<Scenario> scenario) {
        long hashes = 0;
        long events = 0;
        long failed = 0;
        for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
            Simulation.Run run = Simulation.play(scenario.get(), seed, new Trace(traced));
            hashes = SeededRandomness.mix(hashes ^ run.traceHash());
            events += run.events();
            failed += run.passed() ? 0 : 1;
            if (!run.passed() || seeds == 1) {
                System.out.println(run);
            }
            if (!run.passed() && !keepsGoing) {
                explain(run);
                return false;
            }
            long played = seed - firstSeed + 1;
            if (seeds > 1 && (played % REPORT_EVERY == 0 || played == seeds)) {
                System.out.println("scenario " + run.scenario() + " seeds " + firstSeed + " to " + seed + " "
                        + (failed == 0 ? "passed" : "played, " + failed + " FAILED") + ", events " + events + " hash "
                        + Long.toHexString(hashes));
            }
        }
        return failed == 0;
    }

    private void explain(Simulation.Run run) {
        if (!traced) {
            run.lastEvents().forEach(event -> System.out.println("  " + event));
        }
        run.failure().printStackTrace(System.out);
        System.out.println(
                "replay with: ./dev sim --scenario " + run.scenario() + " --seed " + run.seed() + " --trace");
    }
}
