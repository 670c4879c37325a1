package io.headrace.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * CPU of another process or of some of its threads, in nanoseconds, from Linux's scheduler: {@code /proc/PID/stat} counts
 * in steps of 10 ms, too coarse for a short round. Threads that have ended are not in it, so it is for processes whose
 * threads stay.
 */
public final class BrokerCpu {

    private final Path tasks;
    private final String threadNames;
    private long startNanos;

    /** Of all threads. */
    public BrokerCpu(long pid) {
        this(pid, "");
    }

    /** Of the threads whose names begin so. */
    public BrokerCpu(long pid, String threadNames) {
        this.tasks = Path.of("/proc/" + pid + "/task");
        this.threadNames = threadNames;
    }

    public void start() throws IOException {
        startNanos = total();
    }

    /** Since the start. */
    public double ms() throws IOException {
        return (total() - startNanos) / 1e6;
    }

    private long total() throws IOException {
        long nanos = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                nanos += used(thread);
            }
        }
        return nanos;
    }

    private long used(Path thread) throws IOException {
        try {
            if (!Files.readString(thread.resolve("comm")).startsWith(threadNames)) {
                return 0;
            }
            String schedstat = Files.readString(thread.resolve("schedstat"));
            return Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
        } catch (NoSuchFileException _) {
            return 0;
        }
    }
}
