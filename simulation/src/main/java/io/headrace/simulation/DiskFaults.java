package io.headrace.simulation;

/**
 * What goes wrong with a {@link SimulatedDisk} while the power is on. Everything is off to begin with. The rates are
 * "once in so many", 0 for never, and the seed says when.
 */
public final class DiskFaults {

    /** Lies that a disk may tell. A simulation over a lying disk has to find lost data, or it proves nothing. */
    public enum Lie {
        NONE,
        /** {@code DiskFile.sync} returns and nothing is more durable than before. */
        FILES_ARE_SYNCED,
        /** {@code Disk.syncDirectory} returns and no name is more durable than before. */
        NAMES_ARE_SYNCED
    }

    private Lie lie = Lie.NONE;
    private boolean full;
    private int syncFailsOneIn;
    private int writeFailsOneIn;
    private int readFailsOneIn;

    public void tell(Lie told) {
        lie = told;
    }

    Lie lie() {
        return lie;
    }

    /** No file grows and no name is added; what is there can be read, overwritten and deleted. */
    public void full(boolean isFull) {
        full = isFull;
    }

    boolean isFull() {
        return full;
    }

    public void failSyncs(int oneIn) {
        syncFailsOneIn = oneIn;
    }

    boolean syncFails(SeededRandomness random) {
        return random.oneIn(syncFailsOneIn);
    }

    /** A failed write leaves a part of its bytes. */
    public void failWrites(int oneIn) {
        writeFailsOneIn = oneIn;
    }

    boolean writeFails(SeededRandomness random) {
        return random.oneIn(writeFailsOneIn);
    }

    public void failReads(int oneIn) {
        readFailsOneIn = oneIn;
    }

    public boolean failsReads() {
        return readFailsOneIn > 0;
    }

    boolean readFails(SeededRandomness random) {
        return random.oneIn(readFailsOneIn);
    }

    public void stop() {
        full = false;
        syncFailsOneIn = 0;
        writeFailsOneIn = 0;
        readFailsOneIn = 0;
    }
}
