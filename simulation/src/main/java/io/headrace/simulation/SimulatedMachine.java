package io.headrace.simulation;

/** All that a core can reach, driven by one seed. What the cores keep in memory is the scenario's, and lost with the power. */
public final class SimulatedMachine {

    private final SeededRandomness choices;
    private final VirtualTime time;
    private final Trace trace;
    private final SimulatedDisk disk;
    private final SimulatedDiskWork work;

    public SimulatedMachine(long seed, Trace trace) {
        this(new SeededRandomness(seed), new VirtualTime(), trace, null);
    }

    private SimulatedMachine(SeededRandomness random, VirtualTime time, Trace trace, SimulatedDisk from) {
        this.time = time;
        this.trace = trace;
        choices = random.fork();
        SeededRandomness losses = random.fork();
        disk = from == null ? new SimulatedDisk(losses, trace) : from.copy(losses, trace);
        work = new SimulatedDiskWork(random.fork(), disk, trace);
    }

    /** What would be if the power were lost at this moment, and came back: another machine, with a trace of its own. */
    public SimulatedMachine ifPowerWereLost() {
        SimulatedMachine other = new SimulatedMachine(choices.fork(), time, new Trace(), disk);
        other.restart();
        return other;
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

    /** The process is killed and started again; the machine and its page cache go on. */
    public void restartProcess() {
        disk.powerOff();
        work.abandon();
        disk.restartProcess();
    }

    /** Disk work goes on until there is none. */
    public void finishWork() {
        while (!work.idle()) {
            work.step();
        }
    }
}
