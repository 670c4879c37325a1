package io.headrace.log;

import io.headrace.ports.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/** Kafka's {@code partition.metadata}: the id of the topic that a log belongs to. Read and written on disk threads. */
public final class PartitionMetadata {

    static final String FILE_NAME = "partition.metadata";

    private static final String HEAD = "version: 0\ntopic_id: ";

    private PartitionMetadata() {}

    /** Into a directory that is new; the name is left to the caller to make durable. */
    static void create(Disk disk, Path directory, Uuid topicId) throws IOException {
        Durable.put(disk, directory.resolve(FILE_NAME), encode(topicId));
    }

    /** The topic that the log in the directory belongs to; empty if it does not say. */
    public static Optional<Uuid> ownerOf(Disk disk, Path directory) throws IOException {
        Path path = directory.resolve(FILE_NAME);
        if (!disk.exists(path)) {
            return Optional.empty();
        }
        String text = StandardCharsets.UTF_8
                .decode(Durable.read(disk, path))
                .toString()
                .strip();
        if (!text.startsWith(HEAD)) {
            throw new IOException(path + " is not in a form that is known");
        }
        try {
            return Optional.of(Uuid.fromString(text.substring(HEAD.length())));
        } catch (IllegalArgumentException notAnId) {
            throw new IOException(path + " names no topic id: " + notAnId.getMessage(), notAnId);
        }
    }

    /** Fails if the log belongs to another topic; a log that belongs to none is given to this one. */
    static void claim(Disk disk, Path directory, Uuid topicId) throws IOException {
        Path path = directory.resolve(FILE_NAME);
        Optional<Uuid> owner = ownerOf(disk, directory);
        if (owner.isEmpty()) {
            Durable.replace(disk, path, encode(topicId));
        } else if (!owner.get().equals(topicId)) {
            throw new IOException(
                    path + " says that the log belongs to topic id " + owner.get() + ", not to " + topicId);
        }
    }

    private static ByteBuffer encode(Uuid topicId) {
        return StandardCharsets.UTF_8.encode(HEAD + topicId);
    }
}
