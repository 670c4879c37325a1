package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.load.RecordProbe;
import io.headrace.compat.ProcessFigures;
import io.headrace.compat.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From exec, on a directory that has never been used, to a record produced and consumed, seen by a probe that runs already;
 * then what the broker is when it is left alone.
 */
record ColdStart(Classes classes) implements Scenario {

    /** Where the JVM finds what it runs. */
    enum Classes {
        IN_JARS("start", "cold start, then rest"),
        IN_AOT_CACHE("start-aot", "cold start of both with the AOT cache, then rest");

        private final String name;
        private final String title;

        Classes(String name, String title) {
            this.name = name;
            this.title = title;
        }
    }

    private static final Duration FULL_SETTLE = Duration.ofSeconds(3);
    private static final Duration FULL_REST = Duration.ofSeconds(10);

    private static final Figure CPU = Figure.cost("CPU s to the first record").atMost(0.1);
    private static final Figure WALL = Figure.byClock("seconds to the first record");
    private static final Figure RESIDENT = Figure.cost("resident MB at rest").atMost(0.2);
    private static final Figure THREADS = Figure.cost("threads");
    private static final Figure REST = Figure.cost("% of a core at rest");

    @Override
    public String name() {
        return classes.name;
    }

    @Override
    public String title() {
        return classes.title;
    }

    @Override
    public Durability durability() {
        return Durability.DEFAULTS;
    }

    @Override
    public List<Figure> figures() {
        return List.of(CPU, WALL, RESIDENT, THREADS, REST);
    }

    @Override
    public List<Contender> contenders() {
        return classes == Classes.IN_JARS
                ? List.of(Contender.HEADRACE, Contender.KAFKA, Contender.KAFKA_SMALL)
                : Scenario.super.contenders();
    }

    @Override
    public Candidate prepare(Contender contender, Path directory, Effort effort) throws IOException {
        List<String> flags = classes == Classes.IN_JARS ? List.of() : AotCache.flags(contender, directory);
        return new Starts(contender, directory, flags, effort.of(FULL_SETTLE), effort.of(FULL_REST));
    }

    private record Starts(Contender contender, Path directory, List<String> flags, Duration settle, Duration rest)
            implements Candidate {

        @Override
        public Map<Figure, Double> measure() throws IOException, InterruptedException {
            Map<Figure, Double> values = new LinkedHashMap<>();
            Path own = Files.createTempDirectory(directory, "start");
            try (ServerProcess broker = contender.in(own, Durability.DEFAULTS)) {
                flags.forEach(broker::jvm);
                long begin = System.nanoTime();
                broker.launch();
                RecordProbe.await(broker.port(), "first", 0);
                values.put(WALL, (System.nanoTime() - begin) / 1e9);
                values.put(CPU, ProcessFigures.cpuMs(broker.pid()) / 1e3);
                Thread.sleep(settle);
                values.put(RESIDENT, ProcessFigures.residentBytes(broker.pid()) / 1e6);
                values.put(THREADS, (double) ProcessFigures.threads(broker.pid()));
                long cpuMs = ProcessFigures.cpuMs(broker.pid());
                Thread.sleep(rest);
                values.put(REST, 100.0 * (ProcessFigures.cpuMs(broker.pid()) - cpuMs) / rest.toMillis());
            }
            return values;
        }

        @Override
        public void close() {}
    }
}
