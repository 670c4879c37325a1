package io.headrace.benchmarks.sidebyside;

import io.headrace.compat.ProcessFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much of the machine was busy with something else than this JVM, the processes that it started, and the kernel's own
 * threads, which mostly write to the disk what these have written.
 */
final class MachineLoad {

    /** Of the first line of /proc/stat: idle and waiting for the disk are no work; guests are counted twice. */
    private static final int IDLE = 4;

    private static final int IO_WAIT = 5;
    private static final int STEAL = 8;
    private static final double MS_PER_TICK = 10;

    private final long startNanos = System.nanoTime();
    private final double startOthersMs = othersMs();
    private final KernelThreads kernel = new KernelThreads();

    MachineLoad() throws IOException {}

    /** Cores that others have kept busy on average since this was made. */
    double othersCores() throws IOException {
        double wallMs = (System.nanoTime() - startNanos) / 1e6;
        double kernelMs = kernel.cpuSeconds() * 1e3;
        return Math.max(0, (othersMs() - startOthersMs - (Double.isNaN(kernelMs) ? 0 : kernelMs)) / wallMs);
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
        long ms = ProcessFigures.cpuWithEndedChildrenMs(ProcessHandle.current().pid());
        for (ProcessHandle child : ProcessHandle.current().descendants().toList()) {
            ms += msOfChild(child.pid());
        }
        return ms;
    }

    /** 0 if it has just ended. */
    private static long msOfChild(long pid) {
        try {
            return ProcessFigures.cpuWithEndedChildrenMs(pid);
        } catch (IOException _) {
            return 0;
        }
    }
}
