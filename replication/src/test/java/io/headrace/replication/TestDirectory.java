package io.headrace.replication;

import io.headrace.log.LoadPoint;
import io.headrace.log.LogConfig;
import io.headrace.log.LogIdentity;
import io.headrace.log.PartitionLog;
import io.headrace.ports.Disk;
import io.headrace.ports.Time;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;

/** Where the logs of a test are, and how they are found there. */
record TestDirectory(Disk disk, Time time, LogConfig config) {

    private static final Path DATA = Path.of("/data");

    static LogIdentity identity(int partition) {
        return new LogIdentity("topic", Uuid.ONE_UUID, partition);
    }

    static Path directoryOf(LogIdentity id) {
        return DATA.resolve(id.directoryName());
    }

    /** A log that is found is read from its beginning. */
    LogOpener opener(LogIdentity id) {
        return new LogOpener() {
            @Override
            public PartitionLog open() throws IOException {
                disk.createDirectories(DATA);
                return disk.exists(directoryOf(id))
                        ? load(LoadPoint.UNKNOWN)
                        : PartitionLog.create(disk, directoryOf(id), id, config, time);
            }

            @Override
            public PartitionLog reopen(LoadPoint from) throws IOException {
                return load(from);
            }

            private PartitionLog load(LoadPoint from) throws IOException {
                return PartitionLog.load(disk, directoryOf(id), id, config, time, from);
            }
        };
    }
}
