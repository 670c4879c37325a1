package io.headrace.simulation;

/** All that a core can reach, driven by one seed. What the cores keep in memory is the scenario's, and lost with the power. */
public final class SimulatedMachine {

    private final SeededRandomness choices;
    private final VirtualTime time = new VirtualTime();
    private final Trace trace;
    private final SimulatedDisk disk;
    private final SimulatedDiskWork work;

    public SimulatedMachine(long seed, Trace trace) {
        SeededRandomness random = new SeededRandomness(seed);
        this.trace = trace;
        choices = random.fork();
        disk = new SimulatedDisk(random.fork(), trace);
        work = new SimulatedDiskWork(random.fork(), disk, trace);
    }

    /** For whatever the scenario itself has to decide. */
    public SeededRandomness choices() {
        return choices;
    }

    public VirtualTime time() {
        return time;
    }

    public Trace trace() {
        return trace;
    }

    public SimulatedDisk disk() {
        return disk;
    }

    public SimulatedDiskWork work() {
        return work;
    }

    /** The power was lost, or is lost now, and comes back. */
    public void restart() {
        disk.powerOff();
        work.abandon();
        disk.restart();
    }
}
