package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.load.RecordProbe;
import io.headrace.benchmarks.load.Topics;
import io.headrace.compat.ProcessFigures;
import io.headrace.compat.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/** A clean stop and a start with many partitions, a record in each, to a record on the last of them. */
record Restart(int fullPartitions) implements Scenario {

    private static final String TOPIC = "many";

    private static final Figure CPU = Figure.cost("CPU s to a record");
    private static final Figure WALL = Figure.byClock("seconds to a record");
    private static final Figure RESIDENT = Figure.cost("resident MB");

    @Override
    public String name() {
        return "restart-" + fullPartitions;
    }

    @Override
    public String title() {
        return String.format("restart with %,d partitions", fullPartitions);
    }

    @Override
    public Durability durability() {
        return Durability.DEFAULTS;
    }

    @Override
    public List<Figure> figures() {
        return List.of(cpu(), WALL, RESIDENT);
    }

    private Figure cpu() {
        return fullPartitions == 5_000 ? CPU.atMost(1.0 / 8) : CPU;
    }

    @Override
    public Candidate prepare(Contender contender, Path directory, Effort effort) throws IOException {
        int partitions = effort.of(fullPartitions);
        ServerProcess broker = contender.in(directory, durability());
        broker.start();
        new Topics(broker.port()).create(TOPIC, partitions);
        try (RecordProbe probe = RecordProbe.connect(broker.port())) {
            Uuid topic = probe.topic(TOPIC);
            for (int i = 0; i < partitions; i++) {
                probe.produce(topic, i);
            }
        }
        broker.stop();
        return new Restarts(broker, partitions);
    }

    private final class Restarts implements Candidate {
        private final ServerProcess broker;
        private final int partitions;

        Restarts(ServerProcess broker, int partitions) {
            this.broker = broker;
            this.partitions = partitions;
        }

        @Override
        public Map<Figure, Double> measure() throws IOException {
            Map<Figure, Double> values = new LinkedHashMap<>();
            long begin = System.nanoTime();
            broker.launch();
            RecordProbe.await(broker.port(), TOPIC, partitions - 1);
            values.put(WALL, (System.nanoTime() - begin) / 1e9);
            values.put(cpu(), ProcessFigures.cpuMs(broker.pid()) / 1e3);
            values.put(RESIDENT, ProcessFigures.residentBytes(broker.pid()) / 1e6);
            broker.stop();
            return values;
        }

        @Override
        public void close() {
            broker.close();
        }
    }
}
