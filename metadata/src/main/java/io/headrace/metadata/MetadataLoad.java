package io.headrace.metadata;

import io.headrace.log.PartitionLog;
import java.util.List;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * What a start found on disk, all of it durable.
 *
 * @param log ready to be appended to
 * @param since records that the loader was asked to keep
 * @param snapshots that are whole, from the oldest on
 * @param snapshotBytes size of the last of them, 0 if there is none
 * @param replayedBytes bytes of the log after it
 * @param lastTimestampMs of the last record
 * @param remarks what a person should know, one line each
 */
public record MetadataLoad(
        PartitionLog log,
        MetadataImage image,
        List<ApiMessage> since,
        List<SnapshotName> snapshots,
        long snapshotBytes,
        long replayedBytes,
        long lastTimestampMs,
        List<String> remarks) {}
