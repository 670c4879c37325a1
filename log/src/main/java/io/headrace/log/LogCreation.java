package io.headrace.log;

import io.headrace.ports.DiskFile;
import io.headrace.ports.Time;
import java.io.IOException;
import java.nio.file.Path;

/** Makes the directory of a new log, on a disk thread. */
final class LogCreation {

    private LogCreation() {}

    static PartitionLog create(LogFiles files, LogIdentity id, LogConfig config, Time time) throws IOException {
        files.disk().createDirectories(files.directory());
        PartitionMetadata.create(files.disk(), files.directory(), id.topicId());
        Path path = files.path(0, FileNames.LOG);
        DiskFile file = files.disk().create(path);
        boolean durable = false;
        try {
            Durable.syncDirectory(files.disk(), files.directory());
            Durable.syncDirectory(
                    files.disk(), files.directory().toAbsolutePath().getParent());
            durable = true;
        } finally {
            if (!durable) {
                file.close();
            }
        }
        ActiveSegment active = ActiveSegment.empty(0, new SegmentFile(file, path, 0, 0), time.wallMs());
        return new PartitionLog(
                id,
                config,
                time,
                files,
                new PartitionLog.Loaded(
                        new SegmentList(SegmentView.NONE, active),
                        new LeaderEpochs(),
                        new ProducerStates(config.producerIdExpirationMs()),
                        new SavedState(StateSave.NO_SNAPSHOT, StateSave.NO_SNAPSHOT, LeaderEpochs.NO_EPOCH, true),
                        new LogCompaction(LogCompaction.NEVER),
                        0,
                        0,
                        0,
                        LoadReport.EMPTY));
    }
}
