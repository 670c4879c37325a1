package io.headrace.simulation;

import java.io.IOException;

/** All that a core can reach, driven by one seed. What the cores keep in memory is the scenario's, and lost with the power. */
public final class SimulatedMachine {

    private enum End {
        POWER_LOSS,
        KILL,
        STOP
    }

    /** What the process does in one life; a {@link PowerLoss} may come out of it. */
    @FunctionalInterface
    public interface Life {

        /** @param stops whether it ends by stopping, with nothing going wrong any more */
        void live(boolean stops) throws IOException;
    }

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

    /**
     * One life of the process: until it stops, is killed, or loses its power when the disk has been changed for so many times at
     * most. Afterwards the machine is ready for the next.
     */
    public void live(int changesBeforePowerLoss, Life life) throws IOException {
        End end = End.values()[choices.below(End.values().length)];
        trace.event("life", end.name(), 0, 0);
        if (end == End.POWER_LOSS) {
            disk.crashAfter(choices.below(changesBeforePowerLoss));
        }
        try {
            life.live(end == End.STOP);
        } catch (PowerLoss now) {
            trace.event("power loss", "", 0, 0);
        }
        disk.faults().stop();
        if (end == End.POWER_LOSS || disk.isReadOnly()) {
            restart();
        } else {
            restartProcess();
        }
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
