package io.headrace.simulation.metadata;

import io.headrace.metadata.ActiveController;
import io.headrace.metadata.ControllerEnv;
import io.headrace.metadata.ControllerEvent;
import io.headrace.metadata.ControllerSettings;
import io.headrace.metadata.LocalMetadataLog;
import io.headrace.metadata.MetadataChange;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.MetadataLoad;
import io.headrace.simulation.DiskFaults;
import io.headrace.simulation.Scenario;
import io.headrace.simulation.SeededRandomness;
import io.headrace.simulation.SimulatedMachine;
import io.headrace.simulation.Trouble;
import io.headrace.simulation.Violation;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Administrators at work on a controller whose process dies again and again, as in the simulation of the partition log.
 * Every start, and every look at what would be left if the power went right now, must find the image of some moment, with
 * all that was answered or published in it.
 */
public final class MetadataSimulation implements Scenario {

    private static final Path DATA = Path.of("/data");
    private static final String CLUSTER = "simulated";
    private static final int LIVES_AT_MOST = 6;
    private static final int STEPS_AT_MOST = 200;
    private static final int CHANGES_BEFORE_POWER_LOSS = 150;
    private static final int REHEARSED_ONE_IN = 25;
    private static final int ATTEMPTS_TO_RECOVER = 5;

    /** Few enough for several snapshots in most lives. */
    private static final int SNAPSHOT_BYTES_AT_LEAST = 500;

    private static final int SNAPSHOT_BYTES_AT_MOST = 5_000;

    private final String name;
    private final DiskFaults.Lie lie;
    private final MetadataHistory history = new MetadataHistory(CLUSTER);

    private SimulatedMachine machine;
    private SeededRandomness random;
    private Trouble trouble;
    private Requests requests;
    private long snapshotEveryBytes;

    // ---- of one life
    private LocalMetadataLog log;
    private ActiveController controller;
    private int unanswered;
    private boolean answered;

    public MetadataSimulation() {
        this("metadata", DiskFaults.Lie.NONE);
    }

    private MetadataSimulation(String name, DiskFaults.Lie lie) {
        this.name = name;
        this.lie = lie;
    }

    /** Over a disk that lies: must be found out. */
    public static MetadataSimulation over(DiskFaults.Lie lie) {
        return new MetadataSimulation("metadata, lie " + lie, lie);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void play(SimulatedMachine on) throws IOException {
        machine = on;
        random = on.choices();
        trouble = Trouble.choose(random);
        requests = new Requests(random.fork());
        snapshotEveryBytes = random.between(SNAPSHOT_BYTES_AT_LEAST, SNAPSHOT_BYTES_AT_MOST);
        machine.trace().event("trouble", trouble.name(), 0, 0);
        machine.disk().faults().tell(lie);
        int lives = random.between(2, LIVES_AT_MOST);
        for (int life = 0; life < lives; life++) {
            machine.live(CHANGES_BEFORE_POWER_LOSS, this::live);
        }
        lastLife();
    }

    // ---- a life

    private void live(boolean stops) throws IOException {
        start();
        int steps = random.between(STEPS_AT_MOST / 10, STEPS_AT_MOST);
        for (int i = 0; i < steps; i++) {
            step();
        }
        if (stops) {
            recover();
            stop();
        }
    }

    private void start() throws IOException {
        machine.disk().createDirectories(DATA);
        machine.disk().syncDirectory(DATA.getParent());
        MetadataLoad load = load(machine);
        machine.trace()
                .event("loaded", CLUSTER, load.image().offset(), load.image().topicCount());
        history.loaded(load.image());
        log = new LocalMetadataLog(load, machine.disk(), DATA, machine.work(), machine.time(), snapshotEveryBytes);
        ControllerEnv env = new ControllerEnv(ControllerSettings.defaults(1), random.fork());
        controller = new ActiveController(load.image(), new NotedLog(log, history), env, new Publication());
        unanswered = 0;
        submit(requests.register());
    }

    private static MetadataLoad load(SimulatedMachine on) throws IOException {
        return LocalMetadataLog.loading(on.disk(), DATA, CLUSTER, on.time()).run();
    }

    private final class Publication implements ActiveController.Publication {
        @Override
        public void published(MetadataChange change) {
            machine.trace().event("published", CLUSTER, change.after().offset(), 0);
            history.published(change.after());
        }

        @Override
        public void unavailable(Exception cause) {
            machine.trace().event("unavailable", String.valueOf(cause), 0, 0);
            if (trouble == Trouble.NONE || !Trouble.isInjected(cause)) {
                throw (Violation) new Violation("the metadata log failed without a reason: " + cause).initCause(cause);
            }
        }
    }

    private void step() {
        switch (random.below(20)) {
            case 0 -> log.checkpoint();
            case 1 -> trouble.befall(machine.disk().faults());
            case 2 -> machine.disk().faults().stop();
            case 3 -> machine.time().advance(random.below(1000));
            case 4, 5, 6, 7, 8 -> submit(requests.next(controller.image()));
            default -> work();
        }
    }

    private void work() {
        if (!machine.work().idle()) {
            machine.work().step();
        }
        if (random.oneIn(REHEARSED_ONE_IN)) {
            rehearse();
        }
    }

    private <R> void submit(ControllerEvent<R> event) {
        machine.trace().event("submit", event.getClass().getSimpleName(), 0, 0);
        unanswered++;
        answered = false;
        boolean[] told = {false};
        controller.submit(event, new ActiveController.Reply<>() {
            @Override
            public void answered(R response) {
                once();
                answered = true;
                Answers.check(response, controller.image());
            }

            @Override
            public void failed(Exception cause) {
                once();
                Violation.unless(trouble != Trouble.NONE, "a request failed without a reason: " + cause);
            }

            private void once() {
                Violation.unless(!told[0], "a request was answered twice");
                told[0] = true;
                unanswered--;
            }
        });
    }

    /** What would be left if the power went now? */
    private void rehearse() {
        SimulatedMachine other = machine.ifPowerWereLost();
        try {
            if (other.disk().exists(DATA)) {
                MetadataImage image = load(other).image();
                history.found(image);
            }
        } catch (IOException failure) {
            throw (Violation) new Violation("after a power loss at this moment: " + failure).initCause(failure);
        }
        machine.trace()
                .event("rehearsed", "", other.trace().hash(), other.trace().events());
    }

    // ---- the end of a life

    /** Nothing fails any more: unless an fsync had failed, the controller must be at work again without a new start. */
    private void recover() {
        machine.disk().faults().stop();
        machine.finishWork();
        Violation.unless(unanswered == 0, unanswered + " requests are never answered");
        answered = trouble == Trouble.FAILING_SYNCS;
        for (int attempt = 0; attempt < ATTEMPTS_TO_RECOVER && !answered; attempt++) {
            submit(requests.register());
            machine.finishWork();
        }
        Violation.unless(answered, "the controller does not come back although nothing is wrong any more");
    }

    private void stop() {
        boolean[] closed = {false};
        log.close(() -> closed[0] = true);
        machine.finishWork();
        Violation.unless(closed[0], "the metadata log does not close");
        Violation.unless(machine.disk().openFiles() == 0, machine.disk().openFiles() + " files are open after the end");
    }

    private void lastLife() throws IOException {
        trouble = Trouble.NONE;
        start();
        recover();
        stop();
        machine.restart();
        history.loaded(load(machine).image());
    }
}
