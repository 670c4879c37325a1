package io.headrace.simulation;

/** What else befalls the disk in a run, beside power losses. */
public enum Trouble {
    NONE,
    /** The disk is full now and then, and has room again later. */
    FULL_DISK,
    FAILING_WRITES,
    FAILING_SYNCS,
    FAILING_READS;

    /** Operations of the kind; some runs have none, most have a few. */
    private static final int ONE_IN = 20;

    /** None in half of all runs, so that they get far. */
    public static Trouble choose(SeededRandomness random) {
        Trouble[] all = values();
        return random.coin() ? NONE : all[random.below(all.length)];
    }

    public boolean failsWrites() {
        return this == FULL_DISK || this == FAILING_WRITES;
    }

    /** It begins; {@link DiskFaults#stop()} ends it. */
    public void befall(DiskFaults faults) {
        switch (this) {
            case NONE -> {}
            case FULL_DISK -> faults.full(true);
            case FAILING_WRITES -> faults.failWrites(ONE_IN);
            case FAILING_SYNCS -> faults.failSyncs(ONE_IN);
            case FAILING_READS -> faults.failReads(ONE_IN);
        }
    }

    /** Whether the simulated disk is the cause. */
    public static boolean isInjected(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains(SimulatedDisk.INPUT_OUTPUT_ERROR)
                || message.contains(SimulatedDisk.NO_SPACE_LEFT)
                || message.contains(SimulatedDisk.READ_ONLY);
    }
}
