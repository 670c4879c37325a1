package io.headrace.broker.fetch;

import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;

/**
 * Where a fetcher stands in one partition, and within a session also what it was last told. Owned by the connection.
 * From version 13 on a topic is named by its id and the name is empty, before by its name and the id is zero.
 */
final class FetchPosition {

    /** Names a partition the way in which the request did. */
    record Key(String topic, Uuid topicId, int partition) {}

    private static final long NEVER_TOLD = -1;

    private final Key key;
    private FetchPartition wanted;
    private long toldHighWatermark = NEVER_TOLD;
    private long toldLogStartOffset = NEVER_TOLD;

    FetchPosition(Key key, FetchPartition wanted) {
        this.key = key;
        this.wanted = wanted;
    }

    Key key() {
        return key;
    }

    FetchPartition wanted() {
        return wanted;
    }

    void moveTo(FetchPartition next) {
        wanted = next;
    }

    /** Whether the answer holds anything that the fetcher does not know yet (KIP-227). */
    boolean isNews(PartitionData answer) {
        return answer.errorCode() != ErrorCode.NONE.code()
                || (answer.records() != null && answer.records().sizeInBytes() > 0)
                || answer.highWatermark() != toldHighWatermark
                || answer.logStartOffset() != toldLogStartOffset
                || answer.divergingEpoch().epoch() >= 0;
    }

    void told(PartitionData answer) {
        toldHighWatermark = answer.highWatermark();
        toldLogStartOffset = answer.logStartOffset();
        if (answer.errorCode() != ErrorCode.NONE.code()) {
            // An error is repeated until it is over.
            toldHighWatermark = NEVER_TOLD;
        }
    }
}
