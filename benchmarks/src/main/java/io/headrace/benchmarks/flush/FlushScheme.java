package io.headrace.benchmarks.flush;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A way of making appends durable. Called by the owner thread. */
interface FlushScheme extends AutoCloseable {

    /** Who is told that the first appends of a file are durable. On the owner thread. */
    interface Acknowledge {
        void upTo(PartitionFile file, long appends);
    }

    /** Writes to the page cache. */
    void append(PartitionFile file, ByteBuffer bytes) throws IOException;

    /** Begins every fsync that may begin now. */
    void flush();

    @Override
    void close() throws IOException;
}
