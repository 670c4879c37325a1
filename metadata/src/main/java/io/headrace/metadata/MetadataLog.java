package io.headrace.metadata;

import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * The order of all changes to the metadata: a file on one node, a Raft quorum in a cluster. Its owner is shard 0, which
 * also hears its {@link Listener}.
 */
public interface MetadataLog {

    /** Appends the records, all or none, and returns the offset of the last one. They are not committed yet. */
    long append(List<ApiMessage> records) throws IOException;

    /** Whoever applies what the log says. */
    interface Listener {

        /** Everything up to the offset, inclusive, will never be lost. Offsets only grow. */
        void committed(long offset);

        /** What has been appended and not committed may be lost; nothing more can be appended. */
        void failed(Exception cause);
    }
}
