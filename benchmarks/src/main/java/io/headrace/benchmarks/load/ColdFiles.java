package io.headrace.benchmarks.load;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Takes files out of the page cache. */
public final class ColdFiles {

    private ColdFiles() {}

    /**
     * The segments in this directory: flushed, since the kernel forgets no page that it still has to write, and then dropped
     * by dd, which asks for it with posix_fadvise. That needs no right but to read them, and leaves other files alone.
     */
    public static void dropSegments(Path directory) throws IOException, InterruptedException {
        try (DirectoryStream<Path> segments = Files.newDirectoryStream(directory, "*.log")) {
            for (Path segment : segments) {
                run(List.of("sync", segment.toString()));
                run(List.of("dd", "if=" + segment, "iflag=nocache", "count=0", "status=none"));
            }
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }
}
