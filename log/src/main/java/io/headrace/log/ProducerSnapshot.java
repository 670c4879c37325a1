package io.headrace.log;

import io.headrace.ports.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Kafka's {@code .snapshot} file, version 1: the producers of a log as of the offset in the file's name. */
public final class ProducerSnapshot {

    private ProducerSnapshot() {}

    /** The bytes of the file; for the owner of the states. */
    public static ByteBuffer encode(ProducerStates states) {
        throw new UnsupportedOperationException("coming");
    }

    /** Writes the file and makes its content durable, on a disk thread; the directory is left to the caller. */
    public static void write(Disk disk, Path file, ByteBuffer encoded) throws IOException {
        throw new UnsupportedOperationException("coming");
    }

    /** Adds what the file holds to empty states; false, and the states left empty, if the file is damaged. */
    public static boolean read(Disk disk, Path file, ProducerStates into, long wallMs) throws IOException {
        throw new UnsupportedOperationException("coming");
    }
}
