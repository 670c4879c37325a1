package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.Directories;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Memory for what a run writes. A virtual machine gives free pages back to its host, and the first write to one that it has to
 * ask for again costs ten times as much as any other; whoever came second would be spared it. What is filled is given back
 * within seconds, too: nothing may come between it and the load.
 */
final class PageCache {

    private static final int CHUNK_BYTES = 1 << 20;

    private PageCache() {}

    /** Writes so many bytes, and half as many again, beside the broker's directory, and deletes them. */
    static void fill(Path dataDirectory, long bytes) throws IOException {
        Path directory =
                Files.createTempDirectory(dataDirectory.toAbsolutePath().getParent(), "pages");
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
        try (FileChannel file =
                FileChannel.open(directory.resolve("pages"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long written = 0; written < bytes + bytes / 2; written += CHUNK_BYTES) {
                file.write(chunk.clear());
            }
        }
        Directories.delete(directory);
    }
}
