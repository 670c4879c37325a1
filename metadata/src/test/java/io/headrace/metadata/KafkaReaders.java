package io.headrace.metadata;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.metadata.util.BatchFileReader;
import org.apache.kafka.raft.Batch;
import org.apache.kafka.server.common.ApiMessageAndVersion;

/** What Kafka's own reader of metadata finds in a log segment or a snapshot. */
final class KafkaReaders {

    /** The records, and how many control records stood between them. */
    record Found(List<ApiMessage> records, int controlRecords, long nextOffset) {}

    private KafkaReaders() {}

    static Found read(Path file) throws IOException {
        List<ApiMessage> records = new ArrayList<>();
        int controlRecords = 0;
        long nextOffset = 0;
        try (BatchFileReader reader =
                new BatchFileReader.Builder().setPath(file.toString()).build()) {
            while (reader.hasNext()) {
                BatchFileReader.BatchAndType next = reader.next();
                Batch<ApiMessageAndVersion> batch = next.batch();
                for (ApiMessageAndVersion record : batch.records()) {
                    if (next.isControl()) {
                        controlRecords++;
                    } else {
                        records.add(record.message());
                    }
                }
                nextOffset = batch.lastOffset() + 1;
            }
        }
        return new Found(records, controlRecords, nextOffset);
    }
}
