package io.headrace.compat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.RecordBatch;

/** What lies in a partition's segment files, read by Kafka's own classes while the server runs. */
final class StoredBatches {

    private StoredBatches() {}

    /** The heads of all whole batches, in order. */
    static List<Batch> of(Path dataDirectory, TopicPartition partition) throws IOException {
        List<Path> segments;
        try (Stream<Path> files = Files.list(dataDirectory.resolve(partition.toString()))) {
            segments = files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
        List<Batch> batches = new ArrayList<>();
        for (Path segment : segments) {
            try (FileRecords records = FileRecords.open(segment.toFile(), false)) {
                for (RecordBatch batch : records.batches()) {
                    batch.ensureValid();
                    batches.add(new Batch(
                            batch.baseOffset(), batch.lastOffset(), batch.compressionType().name, batch.producerId()));
                }
            }
        }
        return batches;
    }

    record Batch(long baseOffset, long lastOffset, String compression, long producerId) {}
}
