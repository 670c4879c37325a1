package io.headrace.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * CPU of the kernel's own threads (kworker, jbd2, kswapd, ksoftirqd and so on) since this was made. They bring written pages to
 * the disk, on whose behalf nobody can tell. Where they cannot be seen, as in most containers, it is not a number.
 */
final class KernelThreads {

    /** Of kthreadd, whose children all the others are. */
    private static final String PARENT = " 2 ";

    private final Map<Path, Long> startNanos = usedNanos();

    KernelThreads() throws IOException {}

    /** Without the threads that have ended since. */
    double cpuSeconds() throws IOException {
        Map<Path, Long> now = usedNanos();
        long nanos = 0;
        for (var thread : now.entrySet()) {
            nanos += Math.max(0, thread.getValue() - startNanos.getOrDefault(thread.getKey(), 0L));
        }
        return now.isEmpty() ? Double.NaN : nanos / 1e9;
    }

    private static Map<Path, Long> usedNanos() throws IOException {
        Map<Path, Long> nanos = new HashMap<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (isKernelThread(process)) {
                    nanos.put(process, used(process));
                }
            }
        }
        return nanos;
    }

    /** Behind the name, which is in parentheses and may hold anything, stand the state and the parent. */
    private static boolean isKernelThread(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"));
            return stat.startsWith(PARENT, stat.lastIndexOf(')') + 3);
        } catch (IOException _) {
            return false;
        }
    }

    private static long used(Path process) {
        try {
            String schedstat = Files.readString(process.resolve("schedstat"));
            return Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
        } catch (IOException _) {
            return 0;
        }
    }
}
