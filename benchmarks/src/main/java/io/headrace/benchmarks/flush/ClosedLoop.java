package io.headrace.benchmarks.flush;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Producers, one for each file, that keep a window of appends unacknowledged. All of it runs on one owner thread. */
final class ClosedLoop {

    private static final int APPEND_BYTES = 16 << 10;
    private static final double BYTES_PER_MB = 1e6;

    /** What one round saw. CPU is the process's own; what the kernel's threads spend for it is not in it. */
    record Sample(double acksPerSecond, double p50Ms, double p99Ms, double cpuMsPerMb) {}

    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(APPEND_BYTES);
    private final Histogram latencyNanos = new Histogram(3);
    private final Inbox inbox;
    private FlushScheme scheme;
    private boolean producing = true;

    ClosedLoop(Inbox inbox) {
        this.inbox = inbox;
        while (bytes.hasRemaining()) {
            bytes.put((byte) bytes.position());
        }
    }

    Sample run(FlushScheme flushScheme, List<PartitionFile> files, int window, long nanos)
            throws IOException, InterruptedException {
        scheme = flushScheme;
        long start = System.nanoTime();
        long cpuStart = process.getProcessCpuTime();
        for (int i = 0; i < window; i++) {
            for (PartitionFile file : files) {
                scheme.append(file, bytes.clear());
            }
        }
        scheme.flush();
        while (System.nanoTime() - start < nanos) {
            inbox.runSome();
            scheme.flush();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuMs = (process.getProcessCpuTime() - cpuStart) / 1e6;
        long acks = latencyNanos.getTotalCount();
        Sample sample = new Sample(
                acks / seconds,
                latencyNanos.getValueAtPercentile(50) / 1e6,
                latencyNanos.getValueAtPercentile(99) / 1e6,
                cpuMs / (acks * APPEND_BYTES / BYTES_PER_MB));
        finish(files);
        return sample;
    }

    /** An acknowledged producer appends the next one. */
    void acknowledged(PartitionFile file, long upTo) {
        while (file.acknowledged() < upTo) {
            latencyNanos.recordValue(System.nanoTime() - file.acknowledgeOne());
            if (producing) {
                try {
                    scheme.append(file, bytes.clear());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void finish(List<PartitionFile> files) throws InterruptedException {
        producing = false;
        while (files.stream().anyMatch(PartitionFile::dirty)) {
            scheme.flush();
            inbox.runSome();
        }
    }
}
