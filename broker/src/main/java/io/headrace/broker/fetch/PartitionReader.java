package io.headrace.broker.fetch;

import io.headrace.broker.OwnedSlice;
import io.headrace.broker.PartitionRef;
import io.headrace.broker.Partitions;
import io.headrace.log.LeaderEpochs;
import io.headrace.log.PartitionLog;
import io.headrace.replication.Isolation;
import io.headrace.replication.LeaderPartition;
import io.headrace.replication.ReadResult;
import io.headrace.wire.ErrorCode;
import io.headrace.wire.NoRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchResponseData.AbortedTransaction;
import org.apache.kafka.common.message.FetchResponseData.EpochEndOffset;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;

/**
 * Reads single partitions for a fetch: holds the reader's epochs against the log, reads what it may see, and puts it as the
 * protocol does. Run by the shard of the partition; it keeps nothing.
 */
final class PartitionReader {

    private final Partitions partitions;
    private final Isolation isolation;

    PartitionReader(Partitions partitions, Isolation isolation) {
        this.partitions = partitions;
        this.isolation = isolation;
    }

    /** On the partition's shard, where it is answered as well. */
    void read(FetchPartition position, LeaderPartition partition, Allowance allowance, Consumer<PartitionData> answer) {
        ErrorCode fenced = partition.checkEpoch(position.currentLeaderEpoch());
        if (fenced != ErrorCode.NONE) {
            answer.accept(unread(position, fenced));
            return;
        }
        partition.query(
                (log, highWatermark) -> {
                    PartitionData diverged = divergence(position, partition, log, highWatermark);
                    if (diverged != null) {
                        answer.accept(diverged);
                    } else {
                        int most = allowance.take(Math.max(PendingFetch.LEAST_BYTES, position.partitionMaxBytes()));
                        partition.read(position.fetchOffset(), most, true, isolation, result -> {
                            allowance.giveBack(most - result.sizeInBytes());
                            answer.accept(data(position, partition, result));
                        });
                    }
                },
                error -> answer.accept(unread(position, error)));
    }

    /**
     * KIP-595: the reader's last batch is of an epoch that ended earlier here, so what it read was truncated since. Of an
     * epoch that is not known, nothing that the reader has can be found here.
     */
    private static PartitionData divergence(
            FetchPartition position, LeaderPartition partition, PartitionLog log, long highWatermark) {
        if (position.lastFetchedEpoch() < 0) {
            return null;
        }
        LeaderEpochs.EpochEnd end = partition.endOfEpoch(position.lastFetchedEpoch(), log);
        if (end.isUnknown()) {
            return unread(position, ErrorCode.OFFSET_OUT_OF_RANGE);
        }
        if (end.epoch() >= position.lastFetchedEpoch() && end.endOffset() >= position.fetchOffset()) {
            return null;
        }
        return unread(position, ErrorCode.NONE)
                .setHighWatermark(highWatermark)
                .setLastStableOffset(log.lastStableOffset(highWatermark))
                .setLogStartOffset(log.logStartOffset())
                .setDivergingEpoch(new EpochEndOffset().setEpoch(end.epoch()).setEndOffset(end.endOffset()));
    }

    private PartitionData data(FetchPartition position, LeaderPartition partition, ReadResult result) {
        if (result.error() != ErrorCode.NONE) {
            return unread(position, result.error());
        }
        PartitionData data = unread(position, ErrorCode.NONE)
                .setHighWatermark(result.highWatermark())
                .setLastStableOffset(result.lastStableOffset())
                .setLogStartOffset(result.logStartOffset())
                .setAbortedTransactions(aborted(result));
        if (result.slice() != null) {
            data.setRecords(new OwnedSlice(result.slice(), partitions.shardOf(refOf(partition))));
        }
        return data;
    }

    /** Null, which the protocol has for it, unless the reader is to leave aborted transactions out. */
    private List<AbortedTransaction> aborted(ReadResult result) {
        if (isolation != Isolation.READ_COMMITTED) {
            return null;
        }
        List<AbortedTransaction> aborted = new ArrayList<>(0);
        if (result.slice() != null) {
            for (io.headrace.log.AbortedTransaction transaction : result.slice().aborted()) {
                aborted.add(new AbortedTransaction()
                        .setProducerId(transaction.producerId())
                        .setFirstOffset(transaction.firstOffset()));
            }
        }
        return aborted;
    }

    private static PartitionRef refOf(LeaderPartition partition) {
        return new PartitionRef(partition.id().topicId(), partition.id().partition());
    }

    /** Without records of a partition that there is; of aborts nothing is said then. */
    private static PartitionData unread(FetchPartition position, ErrorCode error) {
        return failed(position, error).setAbortedTransactions(null);
    }

    static PartitionData failed(FetchPartition position, ErrorCode error) {
        return new PartitionData()
                .setPartitionIndex(position.partition())
                .setErrorCode(error.code())
                .setHighWatermark(-1)
                .setRecords(NoRecords.NONE);
    }
}
