package io.headrace.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What it takes the kernel to bring to the disk what a broker has left in the page cache. It is made before the load, with
 * nothing left to be written ({@link #settle}); {@link #finish} waits after it until all is on the disk.
 */
final class Writeback {

    /**
     * @param seconds that the flush took after the load had ended
     * @param cpuSeconds of the kernel's threads, from before the load to the end of the flush
     */
    record Cost(double seconds, double cpuSeconds) {}

    private final Path directory;
    private final KernelThreads threads;

    private Writeback(Path directory, KernelThreads threads) {
        this.directory = directory;
        this.threads = threads;
    }

    /** Waits until nothing is left to be written. */
    static void settle(Path directory) throws IOException, InterruptedException {
        sync(directory);
    }

    static Writeback of(Path directory) throws IOException {
        return new Writeback(directory, new KernelThreads());
    }

    Cost finish() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        sync(directory);
        return new Cost((System.nanoTime() - begin) / 1e9, threads.cpuSeconds());
    }

    /** The file system that the directory is on; its writing is done by the kernel's threads. */
    private static void sync(Path directory) throws IOException, InterruptedException {
        int code = new ProcessBuilder("sync", "--file-system", directory.toString())
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("sync of " + directory + " ended with " + code);
        }
    }
}
