package io.headrace.simulation.durability;

import io.headrace.log.PartitionLog;
import io.headrace.replication.Acks;
import io.headrace.replication.LeaderPartition;
import io.headrace.replication.Visibility;
import io.headrace.simulation.DiskFaults;
import io.headrace.simulation.Scenario;
import io.headrace.simulation.SeededRandomness;
import io.headrace.simulation.SimulatedMachine;
import io.headrace.simulation.Trouble;
import io.headrace.simulation.Violation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Producers and consumers at work on partitions whose broker dies again and again: by a power loss between any two disk
 * operations, also while it recovers from the last one, by a kill that leaves the page cache, or by a clean stop; with a disk
 * that fills up or fails now and then. What {@link PartitionHistory} says must hold after every start, and, at moments that
 * the seed picks, also on a copy of the disk that loses its power right then.
 */
public final class DurabilitySimulation implements Scenario {

    private static final int PRODUCERS_AT_MOST = 3;
    private static final int CHANGES_BEFORE_POWER_LOSS = 250;
    private static final int REHEARSED_ONE_IN = 40;
    private static final int STEPS_WHILE_STOPPING = 20;
    private static final int ROUNDS_TO_SETTLE = 100;

    /** Milliseconds between two rounds: a partition takes no requests for a moment after a failure. */
    private static final int SETTLING_MS = 200;

    private final String name;
    private final DiskFaults.Lie lie;
    private final Visibility visibility;

    private final List<PartitionHistory> histories = new ArrayList<>();
    private final List<Producer> producers = new ArrayList<>();
    private final List<Integer> producerPartitions = new ArrayList<>();
    private final List<Consumer> consumers = new ArrayList<>();
    private SimulatedMachine machine;
    private SeededRandomness random;
    private Plan plan;
    private Broker broker;
    private int producerIds = 1;

    public DurabilitySimulation() {
        this("durability", DiskFaults.Lie.NONE, Visibility.DURABLE);
    }

    private DurabilitySimulation(String name, DiskFaults.Lie lie, Visibility visibility) {
        this.name = name;
        this.lie = lie;
        this.visibility = visibility;
    }

    /** Over a disk that lies: must be found out. */
    public static DurabilitySimulation over(DiskFaults.Lie lie) {
        return new DurabilitySimulation("durability, lie " + lie, lie, Visibility.DURABLE);
    }

    /** Acknowledges and shows what is written, not what is flushed: must be found out. */
    public static DurabilitySimulation showingWhatIsWritten() {
        return new DurabilitySimulation("durability, visibility WRITTEN", DiskFaults.Lie.NONE, Visibility.WRITTEN);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void play(SimulatedMachine on) throws IOException {
        machine = on;
        random = on.choices();
        plan = Plan.choose(random, visibility);
        machine.trace().event("plan", plan.toString(), 0, 0);
        machine.disk().faults().tell(lie);
        gather();
        for (int life = 0; life < plan.lives(); life++) {
            machine.live(CHANGES_BEFORE_POWER_LOSS, this::live);
            brokerGone();
        }
        lastLife();
    }

    private void gather() {
        for (int partition = 0; partition < plan.partitions(); partition++) {
            PartitionHistory history =
                    new PartitionHistory(plan.identity(partition).directoryName());
            histories.add(history);
            consumers.add(new Consumer(machine, history));
            int writers = random.between(1, PRODUCERS_AT_MOST);
            for (int i = 0; i < writers; i++) {
                Acks acks = random.coin() ? Acks.ALL : Acks.values()[random.below(Acks.values().length)];
                boolean idempotent = acks != Acks.NONE && random.below(3) > 0;
                producers.add(new Producer(machine, history, acks, idempotent, () -> producerIds++));
                producerPartitions.add(partition);
            }
        }
    }

    // ---- a life

    private void live(boolean stops) throws IOException {
        broker = new Broker(machine, plan);
        broker.start();
        for (int i = 0; i < plan.stepsPerLife() && !broker.needsRestart(); i++) {
            step();
            checkLogStarts();
        }
        if (stops && !broker.needsRestart()) {
            recover();
            stop(random.below(STEPS_WHILE_STOPPING));
        }
    }

    private void brokerGone() {
        producers.forEach(Producer::disconnect);
        consumers.forEach(Consumer::brokerGone);
    }

    /** Nothing fails any more: unless an fsync had failed, every partition must be at work again without a new start. */
    private void recover() {
        if (plan.trouble() != Trouble.FAILING_SYNCS && random.coin()) {
            machine.disk().faults().stop();
            settle();
        }
    }

    /** @param meanwhile steps that the clients go on for */
    private void stop(int meanwhile) {
        broker.stop();
        for (int i = 0; i < meanwhile; i++) {
            step();
        }
        machine.finishWork();
        Violation.unless(broker.isStopped() || broker.needsRestart(), "the broker does not finish its clean stop");
    }

    private void step() {
        int choice = random.below(100);
        if (choice < 30) {
            produce();
        } else if (choice < 75) {
            work();
        } else if (choice < 85) {
            consume();
        } else {
            upkeep();
        }
    }

    private void produce() {
        int index = random.below(producers.size());
        Producer producer = producers.get(index);
        switch (random.below(20)) {
            case 0 -> producer.disconnect();
            case 1 -> producer.bumpEpoch();
            default -> producer.write(broker.partition(producerPartitions.get(index)));
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

    private void consume() {
        int index = random.below(consumers.size());
        if (random.oneIn(20)) {
            consumers.get(index).disconnect();
        }
        consumers.get(index).poll(broker.partition(index));
    }

    private void upkeep() {
        LeaderPartition partition = broker.partition(random.below(plan.partitions()));
        switch (random.below(8)) {
            case 0 -> broker.checkpoint();
            case 1, 2 -> partition.enforceRetention();
            case 3 -> deleteRecords(partition);
            case 4 -> plan.trouble().befall(machine.disk().faults());
            case 5 -> machine.disk().faults().stop();
            case 6 -> machine.time().advance(random.below(1000));
            default -> machine.time().jumpWall(random.between(-100, 100));
        }
    }

    private void deleteRecords(LeaderPartition partition) {
        if (!plan.recordsAreDeleted()) {
            return;
        }
        PartitionHistory history = histories.get(partition.id().partition());
        partition.query(
                (log, highWatermark) -> {
                    long start = log.logStartOffset();
                    long before = start + random.below((int) (highWatermark - start) + 1);
                    history.deletionAsked(before);
                    partition.deleteRecords(before, history::startsAt, error -> {});
                },
                error -> {});
    }

    /** No log may lose its beginning unless somebody asked for it. */
    private void checkLogStarts() {
        for (LeaderPartition partition : broker.partitions()) {
            PartitionLog log = partition.openLog();
            if (log != null) {
                PartitionHistory history = histories.get(partition.id().partition());
                Violation.unless(
                        !plan.retains() || log.logStartOffset() <= history.deletionAsked(),
                        partition.id() + " starts at " + log.logStartOffset() + ", and only what lies below "
                                + history.deletionAsked() + " was to be deleted");
                history.startsAt(log.logStartOffset());
            }
        }
    }

    /** What would be left if the power went now? */
    private void rehearse() {
        SimulatedMachine other = machine.ifPowerWereLost();
        try {
            Broker heir = new Broker(other, plan);
            heir.start();
            audit(heir, other);
        } catch (IOException failure) {
            throw (Violation) new Violation("after a power loss at this moment: " + failure).initCause(failure);
        }
        machine.trace()
                .event("rehearsed", "", other.trace().hash(), other.trace().events());
    }

    // ---- the end

    /** Nothing goes wrong any more: everything that was promised is there, and what was unsure becomes sure. */
    private void lastLife() throws IOException {
        machine.trace().event("last life", "", 0, 0);
        broker = new Broker(machine, plan);
        broker.start();
        audit(broker, machine);
        settle();
        audit(broker, machine);
        stop(0);
        Violation.unless(broker.isStopped(), "the broker does not stop");
        Violation.unless(
                machine.disk().openFiles() == 0, machine.disk().openFiles() + " files are open after a clean stop");
        machine.restart();
        broker = new Broker(machine, plan);
        broker.start();
        audit(broker, machine);
    }

    private void settle() {
        for (int round = 0; round < ROUNDS_TO_SETTLE && !settled(); round++) {
            for (int i = 0; i < producers.size(); i++) {
                producers.get(i).offer(broker.partition(producerPartitions.get(i)));
            }
            machine.finishWork();
            machine.time().advance(SETTLING_MS);
        }
        Violation.unless(settled(), "producers do not get their batches accepted although nothing is wrong any more");
    }

    private boolean settled() {
        for (Producer producer : producers) {
            if (!producer.isSure()) {
                return false;
            }
        }
        return true;
    }

    /** Reads all that a consumer can see and holds it against the history. */
    private void audit(Broker audited, SimulatedMachine on) {
        for (int i = 0; i < plan.partitions(); i++) {
            new Audit(audited.partition(i), on).compareWith(histories.get(i));
        }
    }
}
