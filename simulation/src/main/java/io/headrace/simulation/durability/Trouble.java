package io.headrace.simulation.durability;

import io.headrace.simulation.DiskFaults;

/** What else befalls the disk of a run, beside power losses. */
enum Trouble {
    NONE,
    /** The disk is full now and then, and has room again later. */
    FULL_DISK,
    FAILING_WRITES,
    FAILING_SYNCS,
    FAILING_READS;

    private static final int ONE_IN = 60;

    boolean mayFailWrites() {
        return this == FULL_DISK || this == FAILING_WRITES;
    }

    void befall(DiskFaults faults) {
        switch (this) {
            case NONE -> {}
            case FULL_DISK -> faults.full(true);
            case FAILING_WRITES -> faults.failWrites(ONE_IN);
            case FAILING_SYNCS -> faults.failSyncs(ONE_IN);
            case FAILING_READS -> faults.failReads(ONE_IN);
        }
    }
}
