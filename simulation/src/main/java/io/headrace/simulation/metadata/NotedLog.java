package io.headrace.simulation.metadata;

import io.headrace.metadata.LocalMetadataLog;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.MetadataLog;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.protocol.ApiMessage;

/** The log of a single node; what is appended to it and found in it goes into the history. */
final class NotedLog implements MetadataLog {

    private final LocalMetadataLog log;
    private final MetadataHistory history;

    NotedLog(LocalMetadataLog log, MetadataHistory history) {
        this.log = log;
        this.history = history;
    }

    @Override
    public void listen(Listener to) {
        log.listen(new Listener() {
            @Override
            public void committed(long offset) {
                to.committed(offset);
            }

            @Override
            public void failed(Exception cause) {
                to.failed(cause);
            }

            @Override
            public void recovered(MetadataImage image, List<ApiMessage> since) {
                history.loaded(image);
                to.recovered(image, since);
            }
        });
    }

    @Override
    public long endOffset() {
        return log.endOffset();
    }

    /** Noted before: a write that fails may have reached the disk all the same. */
    @Override
    public long append(List<ApiMessage> records) throws IOException {
        history.appended(records, log.endOffset() + records.size() - 1);
        return log.append(records);
    }

    @Override
    public boolean snapshotDue() {
        return log.snapshotDue();
    }

    @Override
    public void snapshot(MetadataImage image) {
        log.snapshot(image);
    }

    @Override
    public void recover() {
        log.recover();
    }
}
