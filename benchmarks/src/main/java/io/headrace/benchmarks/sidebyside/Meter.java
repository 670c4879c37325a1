package io.headrace.benchmarks.sidebyside;

import io.headrace.compat.ProcessFigures;
import io.headrace.compat.ServerProcess;
import java.io.IOException;

/** What a broker uses between the making of this and each question. */
final class Meter {

    private final long pid;
    private final Fsyncs fsyncs;
    private final long startNanos;
    private final long startCpuMs;
    private final long startSystemMs;

    Meter(ServerProcess broker) throws IOException, InterruptedException {
        pid = broker.pid();
        fsyncs = Fsyncs.of(pid);
        startCpuMs = ProcessFigures.cpuMs(pid);
        startSystemMs = ProcessFigures.systemCpuMs(pid);
        startNanos = System.nanoTime();
    }

    double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    double cpuSeconds() throws IOException {
        return (ProcessFigures.cpuMs(pid) - startCpuMs) / 1e3;
    }

    /** The part of it that was the kernel's. */
    double systemSeconds() throws IOException {
        return (ProcessFigures.systemCpuMs(pid) - startSystemMs) / 1e3;
    }

    double residentMb() throws IOException {
        return ProcessFigures.residentBytes(pid) / 1e6;
    }

    double threads() throws IOException {
        return ProcessFigures.threads(pid);
    }

    /** Ends the counting. */
    double fsyncs() throws IOException, InterruptedException {
        return fsyncs.count();
    }
}
