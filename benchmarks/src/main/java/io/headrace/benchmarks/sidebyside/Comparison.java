package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.Directories;
import io.headrace.benchmarks.sidebyside.Scenario.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a scenario on its contenders in turn, A B A B, so that whatever changes on the machine meanwhile meets all of them.
 * A run that other work spoilt is made again as often as the effort allows, if any of its figures is read from the clock.
 */
final class Comparison {

    private final Scenario scenario;
    private final Effort effort;
    private final Map<Contender, Candidate> candidates = new EnumMap<>(Contender.class);
    private final Map<Contender, Integer> repetitionsLeft = new EnumMap<>(Contender.class);
    private final List<Run> runs = new ArrayList<>();

    private Comparison(Scenario scenario, Effort effort) {
        this.scenario = scenario;
        this.effort = effort;
    }

    /** The runs of all contenders in the order in which they were made; the files lie in the parent and are deleted. */
    static List<Run> run(Scenario scenario, Effort effort, Path parent) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(Files.createDirectories(parent), scenario.name());
        Comparison comparison = new Comparison(scenario, effort);
        try {
            comparison.prepare(directory);
            for (int round = 0; round < effort.rounds(); round++) {
                for (Contender contender : scenario.contenders()) {
                    comparison.runs.add(comparison.goodRun(contender));
                }
            }
            return comparison.runs;
        } finally {
            comparison.close();
            Directories.delete(directory);
        }
    }

    private void prepare(Path directory) throws IOException, InterruptedException {
        for (Contender contender : scenario.contenders()) {
            Path own = Files.createDirectories(directory.resolve(contender.name()));
            candidates.put(contender, scenario.prepare(contender, own, effort));
            repetitionsLeft.put(contender, effort.repetitions());
        }
    }

    private Run goodRun(Contender contender) throws IOException, InterruptedException {
        Run run = oneRun(contender);
        boolean readsClock = scenario.figures().stream().anyMatch(Figure::byClock);
        while (readsClock && run.isSpoilt() && repetitionsLeft.merge(contender, -1, Integer::sum) >= 0) {
            run = oneRun(contender);
        }
        return run;
    }

    private Run oneRun(Contender contender) throws IOException, InterruptedException {
        MachineLoad load = new MachineLoad();
        Map<String, Double> values = new LinkedHashMap<>();
        candidates.get(contender).measure().forEach((figure, value) -> values.put(figure.name(), value));
        Run run = new Run(contender, values, load.othersCores());
        System.err.println(scenario.name() + " " + run);
        return run;
    }

    private void close() throws IOException {
        for (Candidate candidate : candidates.values()) {
            candidate.close();
        }
    }
}
