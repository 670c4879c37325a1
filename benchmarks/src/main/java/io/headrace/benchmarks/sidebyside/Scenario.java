package io.headrace.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A load that is put on one contender after the other. */
public interface Scenario {

    /** What {@code ./dev bench} is told. */
    String name();

    /** What is done to the broker, in half a sentence. */
    String title();

    Durability durability();

    /** What a run measures, in the order in which it is told. */
    List<Figure> figures();

    default List<Contender> contenders() {
        return List.of(Contender.HEADRACE, Contender.KAFKA);
    }

    /** Brings a contender to the point from which its runs begin; the directory is its own. */
    Candidate prepare(Contender contender, Path directory, Effort effort) throws IOException, InterruptedException;

    /** A contender that is ready to be measured, again and again. */
    interface Candidate extends AutoCloseable {

        /** One run: a value for each figure. */
        Map<Figure, Double> measure() throws IOException, InterruptedException;

        @Override
        void close() throws IOException;
    }
}
