package io.headrace.benchmarks.sidebyside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What the files of a broker tell about the first compaction of partition 0 of a topic. */
record CleanedTopic(Path dataDirectory, String topic) {

    private static final long POLL_NANOS = 10_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Bytes of the segments that are there now. */
    long bytes() throws IOException {
        try (Stream<Path> files = Files.list(dataDirectory.resolve(topic + "-0"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .mapToLong(CleanedTopic::size)
                    .sum();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the checkpoint says that it has been cleaned. */
    void await() throws IOException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!isCleaned()) {
            if (System.nanoTime() > giveUp) {
                throw new IOException(topic + " was not compacted within " + PATIENCE);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private boolean isCleaned() throws IOException {
        try {
            return Files.readString(dataDirectory.resolve("cleaner-offset-checkpoint"))
                    .contains(topic + " 0 ");
        } catch (NoSuchFileException never) {
            return false;
        }
    }

    /** True until it has been cleaned, or will not be; a thread of its own looks. */
    BooleanSupplier untilCleaned() {
        AtomicBoolean goOn = new AtomicBoolean(true);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                await();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                goOn.set(false);
            }
        });
        return goOn::get;
    }
}
