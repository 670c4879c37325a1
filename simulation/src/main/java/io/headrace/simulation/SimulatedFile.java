package io.headrace.simulation;

import io.headrace.ports.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One file's bytes: what the page cache holds, what the platter holds, and every change in between. A change is kept as
 * the sectors that it left behind, because that is what a disk is given: after a power loss each sector holds one of the
 * contents that it had since the last sync.
 */
final class SimulatedFile implements SimulatedNode {

    static final int SECTOR_BYTES = 512;

    /** Whole sectors, as they were after the change, and the size that the file had then. */
    private static final class Change {
        private final int firstSector;
        private final byte[] sectors;
        private final int sizeAfter;

        Change(int firstSector, byte[] sectors, int sizeAfter) {
            this.firstSector = firstSector;
            this.sectors = sectors;
            this.sizeAfter = sizeAfter;
        }

        int sectorsAfter() {
            return firstSector + sectors.length / SECTOR_BYTES;
        }

        void copySector(int sector, byte[] to) {
            System.arraycopy(sectors, (sector - firstSector) * SECTOR_BYTES, to, sector * SECTOR_BYTES, SECTOR_BYTES);
        }
    }

    private byte[] cached = new byte[0];
    private int size;
    private byte[] durable = new byte[0];
    private int durableSize;
    private final List<Change> changes = new ArrayList<>();

    int size() {
        return size;
    }

    int read(byte[] target, int at, long position, int most) {
        if (position >= size) {
            return 0;
        }
        int count = (int) Math.min(most, size - position);
        System.arraycopy(cached, (int) position, target, at, count);
        return count;
    }

    void write(byte[] bytes, int count, long position) {
        Check.that(
                position + count <= Limits.FILE_BYTES,
                "a simulated file grew too large",
                position + count,
                Limits.FILE_BYTES);
        if (count == 0) {
            return;
        }
        int start = (int) position;
        cached = grown(cached, start + count);
        System.arraycopy(bytes, 0, cached, start, count);
        size = Math.max(size, start + count);
        changed(start, start + count);
    }

    void truncate(long newSize) {
        if (newSize >= size) {
            return;
        }
        int oldSize = size;
        size = (int) newSize;
        Arrays.fill(cached, size, oldSize, (byte) 0);
        changed(size, oldSize);
    }

    private void changed(int start, int end) {
        int firstSector = start / SECTOR_BYTES;
        int afterLast = sectorsFor(end);
        byte[] sectors = Arrays.copyOfRange(cached, firstSector * SECTOR_BYTES, afterLast * SECTOR_BYTES);
        changes.add(new Change(firstSector, sectors, size));
    }

    /** Everything reaches the platter. */
    void sync() {
        for (Change change : changes) {
            durable = grown(durable, change.sectorsAfter() * SECTOR_BYTES);
            for (int sector = change.firstSector; sector < change.sectorsAfter(); sector++) {
                change.copySector(sector, durable);
            }
            durableSize = change.sizeAfter;
        }
        changes.clear();
    }

    /**
     * Some of it reaches the platter, and the kernel forgets that the rest was ever dirty: the next sync will succeed.
     * The cache goes on showing the lost bytes until, as the seed says, it is evicted.
     */
    void failSync(SeededRandomness random) {
        settle(random);
        if (random.coin()) {
            cached = Arrays.copyOf(durable, Math.max(cached.length, durable.length));
            Arrays.fill(cached, size, cached.length, (byte) 0);
        }
    }

    @Override
    public void crash(SeededRandomness random) {
        settle(random);
        cached = durable.clone();
        size = durableSize;
    }

    /** Decides what became of the changes since the last sync. */
    private void settle(SeededRandomness random) {
        if (changes.isEmpty()) {
            return;
        }
        int sectors = sectorsFor(durable.length);
        for (Change change : changes) {
            sectors = Math.max(sectors, change.sectorsAfter());
        }
        durable = grown(durable, sectors * SECTOR_BYTES);
        int[] survivors = survivors(random, sectors);
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            for (int sector = change.firstSector; sector < change.sectorsAfter(); sector++) {
                if (i < survivors[sector]) {
                    change.copySector(sector, durable);
                }
            }
        }
        int sizeCut = survivors[sectors];
        durableSize = sizeCut == 0 ? durableSize : changes.get(sizeCut - 1).sizeAfter;
        Arrays.fill(durable, durableSize, durable.length, (byte) 0);
        changes.clear();
    }

    /** For each sector, and last for the size: how many of the changes it has seen. */
    private int[] survivors(SeededRandomness random, int sectors) {
        int all = changes.size();
        int[] survivors = new int[sectors + 1];
        switch (random.below(8)) {
            case 0, 1 -> Arrays.fill(survivors, 0);
            case 2 -> Arrays.fill(survivors, all);
            case 3, 4 -> Arrays.fill(survivors, random.between(0, all));
            default -> {
                for (int i = 0; i < survivors.length; i++) {
                    survivors[i] = random.between(0, all);
                }
            }
        }
        return survivors;
    }

    /** The same file, to be crashed in another world. */
    SimulatedFile copy() {
        SimulatedFile copy = new SimulatedFile();
        copy.cached = cached.clone();
        copy.size = size;
        copy.durable = durable.clone();
        copy.durableSize = durableSize;
        copy.changes.addAll(changes);
        return copy;
    }

    /** Rot: one bit of what had been safe. The cache does not protect it. */
    void flip(long position, int bit) {
        cached[(int) position] ^= (byte) (1 << bit);
        durable[(int) position] ^= (byte) (1 << bit);
    }

    private static int sectorsFor(int bytes) {
        return (bytes + SECTOR_BYTES - 1) / SECTOR_BYTES;
    }

    private static byte[] grown(byte[] bytes, int needed) {
        if (needed <= bytes.length) {
            return bytes;
        }
        return Arrays.copyOf(bytes, sectorsFor(Math.max(needed, bytes.length * 2)) * SECTOR_BYTES);
    }
}
