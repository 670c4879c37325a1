package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What has been measured so far: in {@code DIR/results} a file for each scenario, of its last comparison. */
public record Results(Path directory) {

    /** In the directory that {@code --dir} names. */
    public static Results of(Options options) {
        return new Results(Path.of(options.text("dir", "benchmarks/target/side-by-side")));
    }

    /** Where the brokers' files lie while they run. */
    Path data() {
        return directory.resolve("data");
    }

    void keep(Scenario scenario, List<Run> runs) throws IOException {
        RunFile.write(file(scenario), Surroundings.text(), runs);
    }

    /** Of those scenarios that have been run. */
    List<Outcome> outcomes(List<Scenario> scenarios) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            Path file = file(scenario);
            if (Files.exists(file)) {
                outcomes.add(new Outcome(scenario, RunFile.surroundings(file), RunFile.read(file)));
            }
        }
        return outcomes;
    }

    /** The table of the hot inner parts; empty if they have not been run. */
    String micro() throws IOException {
        return Files.exists(microFile()) ? Files.readString(microFile()) : "";
    }

    public Path microFile() {
        return directory.resolve("results").resolve("micro.md");
    }

    private Path file(Scenario scenario) {
        return directory.resolve("results").resolve(scenario.name() + ".tsv");
    }
}
