package io.headrace.metadata;

import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * The order of all changes to the metadata: a log file on one node, a Raft quorum in a cluster. Belongs to shard 0, which
 * also hears its {@link Listener}.
 */
public interface MetadataLog {

    /** To be told before anything else. */
    void listen(Listener to);

    /** The offset of the next record. */
    long endOffset();

    /**
     * Appends the records, all or none, and returns the offset of the last one. They are not committed yet. An exception
     * says what {@link Listener#failed} says, which is not called for it.
     */
    long append(List<ApiMessage> records) throws IOException;

    /** Enough has been appended for a snapshot to be worth its while. */
    boolean snapshotDue();

    /** Writes down an image that is committed, so that what led to it need not be kept. */
    void snapshot(MetadataImage image);

    /** After a failure: tries to come back, which is told to the listener. Nothing happens if that is hopeless. */
    void recover();

    /** Whoever applies what the log says. */
    interface Listener {

        /** Everything up to the offset, inclusive, will never be lost. Offsets only grow. */
        void committed(long offset);

        /** What has been appended and not committed may be lost or not, and nothing more can be appended. */
        void failed(Exception cause);

        /**
         * The log can be written again.
         *
         * @param image what it says now, all of it committed
         * @param since the records of it that had not been committed before
         */
        void recovered(MetadataImage image, List<ApiMessage> since);
    }
}
