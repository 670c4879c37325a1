package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.load.Topics;
import io.headrace.benchmarks.sidebyside.Scenario.Candidate;
import io.headrace.compat.ServerProcess;
import java.io.IOException;
import java.util.Map;

/** A broker that runs from one run to the next, and what each run does to it. */
record LoadedBroker(ServerProcess broker, Load load) implements Candidate {

    /** One run's load on a broker that has had it before. */
    interface Load {
        Map<Figure, Double> put(ServerProcess broker, Topics topics) throws IOException, InterruptedException;
    }

    /** Starts the broker and warms it up with so many runs. */
    static LoadedBroker warm(ServerProcess broker, int warmUpRuns, Load load) throws IOException, InterruptedException {
        broker.start();
        return running(broker, warmUpRuns, load);
    }

    /** The same of a broker that runs already. */
    static LoadedBroker running(ServerProcess broker, int warmUpRuns, Load load)
            throws IOException, InterruptedException {
        LoadedBroker loaded = new LoadedBroker(broker, load);
        for (int i = 0; i < warmUpRuns; i++) {
            loaded.measure();
        }
        return loaded;
    }

    @Override
    public Map<Figure, Double> measure() throws IOException, InterruptedException {
        return load.put(broker, new Topics(broker.port()));
    }

    @Override
    public void close() {
        broker.close();
    }
}
