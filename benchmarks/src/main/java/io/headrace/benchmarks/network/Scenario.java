package io.headrace.benchmarks.network;

import java.io.IOException;

/** One thing to find out about a running broker. */
interface Scenario {

    /** Measures, prints what it found, and leaves the broker as idle as it was. */
    void run(Target broker) throws IOException, InterruptedException;
}
