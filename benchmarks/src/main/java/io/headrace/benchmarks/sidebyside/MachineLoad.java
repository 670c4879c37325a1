package io.headrace.benchmarks.sidebyside;

import io.headrace.compat.ProcessFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much of the machine was busy with something else than this JVM and the processes that it started. */
final class MachineLoad {

    /** Of the first line of /proc/stat: idle and waiting for the disk are no work; guests are counted twice. */
    private static final int IDLE = 4;

    private static final int IO_WAIT = 5;
    private static final int STEAL = 8;
    private static final double MS_PER_TICK = 10;

    private final long startNanos = System.nanoTime();
    private final double startOthersMs = othersMs();

    MachineLoad() throws IOException {}

    /** Cores that others have kept busy on average since this was made. */
    double othersCores() throws IOException {
        double wallMs = (System.nanoTime() - startNanos) / 1e6;
        return Math.max(0, (othersMs() - startOthersMs) / wallMs);
    }

    private static double othersMs() throws IOException {
        return busyMs() - ownMs();
    }

    private static double busyMs() throws IOException {
        String[] fields =
                Files.readAllLines(Path.of("/proc/stat")).getFirst().trim().split(" +", -1);
        double ticks = 0;
        for (int i = 1; i <= STEAL; i++) {
            ticks += i == IDLE || i == IO_WAIT ? 0 : Long.parseLong(fields[i]);
        }
        return ticks * MS_PER_TICK;
    }

    /** With children that have ended, whose time is their parent's; those that run are asked for theirs. */
    private static double ownMs() throws IOException {
        long self = ProcessHandle.current().pid();
        long ms = ProcessFigures.cpuWithEndedChildrenMs(self);
        for (ProcessHandle child : ProcessHandle.current().descendants().toList()) {
            ms += child.isAlive() ? ProcessFigures.cpuWithEndedChildrenMs(child.pid()) : 0;
        }
        return ms;
    }
}
