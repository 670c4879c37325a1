package io.headrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.ports.DiskFile;
import io.headrace.ports.DiskWork;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SimulatedDiskWorkTest {

    private static final Path FILE = Path.of("/file");

    private final List<String> told = new ArrayList<>();

    private DiskWork.Outcome<String> telling() {
        return new DiskWork.Outcome<>() {
            @Override
            public void done(String result) {
                told.add(result);
            }

            @Override
            public void failed(Exception cause) {
                told.add(cause.getMessage());
            }
        };
    }

    private static void finish(SimulatedMachine machine) {
        while (!machine.work().idle()) {
            machine.work().step();
        }
    }

    @Test
    void everyOutcomeIsDeliveredOnce() {
        SimulatedMachine machine = new SimulatedMachine(1, new Trace());
        machine.work().run(() -> "first", telling());
        machine.work()
                .flush(
                        () -> {
                            throw new IOException("second");
                        },
                        telling());
        finish(machine);

        assertThat(told).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void nothingRunsBeforeItsTurn() {
        SimulatedMachine machine = new SimulatedMachine(1, new Trace());
        machine.work().run(() -> "done", telling());
        assertThat(told).isEmpty();
        machine.work().step();
        assertThat(told).isEmpty();
        machine.work().step();
        assertThat(told).containsExactly("done");
    }

    @Test
    void twoTasksInterleaveAtEachOperationInEveryOrder() throws IOException {
        Set<String> orders = new TreeSet<>();
        for (int seed = 0; seed < 200; seed++) {
            SimulatedMachine machine = new SimulatedMachine(seed, new Trace());
            DiskFile file = machine.disk().create(FILE);
            StringBuilder order = new StringBuilder();
            for (String name : List.of("a", "b")) {
                machine.work()
                        .run(
                                () -> {
                                    for (int i = 0; i < 2; i++) {
                                        file.size();
                                        order.append(name);
                                    }
                                    return name;
                                },
                                telling());
            }
            finish(machine);
            orders.add(order.toString());
        }
        assertThat(orders).containsExactly("aabb", "abab", "abba", "baab", "baba", "bbaa");
    }

    @Test
    void theOwnersOwnOperationsAreNotInterrupted() throws IOException {
        SimulatedMachine machine = new SimulatedMachine(1, new Trace());
        machine.work().run(() -> "other", telling());
        DiskFile file = machine.disk().create(FILE);
        file.write(ByteBuffer.allocate(1), 0);
        assertThat(file.size()).isEqualTo(1);
        assertThat(told).isEmpty();
    }

    @Test
    void afterAPowerLossNobodyHearsOfWhatWasUnderWay() throws IOException {
        SimulatedMachine machine = new SimulatedMachine(1, new Trace());
        DiskFile file = machine.disk().create(FILE);
        List<String> reached = new ArrayList<>();
        machine.work()
                .run(
                        () -> {
                            reached.add("started");
                            file.sync();
                            reached.add("synced");
                            return "done";
                        },
                        telling());
        machine.work().step();
        machine.restart();

        assertThat(machine.work().idle()).isTrue();
        assertThat(reached).containsExactly("started");
        assertThat(told).isEmpty();
    }

    @Test
    void aPowerLossWithinATaskReachesTheSimulation() throws IOException {
        SimulatedMachine machine = new SimulatedMachine(1, new Trace());
        DiskFile file = machine.disk().create(FILE);
        machine.disk().crashAfter(0);
        machine.work()
                .run(
                        () -> {
                            file.sync();
                            return "done";
                        },
                        telling());

        assertThatThrownBy(() -> finish(machine)).isInstanceOf(PowerLoss.class);
    }
}
