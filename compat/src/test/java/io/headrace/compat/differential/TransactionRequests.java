package io.headrace.compat.differential;

import java.util.List;
import org.apache.kafka.common.message.AddOffsetsToTxnRequestData;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTopic;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTopicCollection;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTransaction;
import org.apache.kafka.common.message.DescribeTransactionsRequestData;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData.WritableTxnMarker;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData.WritableTxnMarkerTopic;

/** The requests of {@link TransactionChapter}, in one line each. */
final class TransactionRequests {

    private static final int TIMEOUT_MS = 600_000;
    private static final short TRANSACTIONAL = 0x10;
    private static final int OFFSET = 42;
    private static final int FIRST_COMMIT_WITH_MEMBERS = 3;
    private static final int FIRST_COMMIT_WITH_IDS = 6;
    private static final int FIRST_FETCH_WITH_IDS = 10;

    private TransactionRequests() {}

    static InitProducerIdRequestData init(String id) {
        return new InitProducerIdRequestData()
                .setTransactionalId(id)
                .setTransactionTimeoutMs(TIMEOUT_MS)
                .setProducerId(-1)
                .setProducerEpoch((short) -1);
    }

    static DescribeTransactionsRequestData describe(String id) {
        return new DescribeTransactionsRequestData().setTransactionalIds(List.of(id));
    }

    /** As clients ask, up to version 3. */
    static AddPartitionsToTxnRequestData addPartitions(
            String id, long producerId, int epoch, String topic, Integer... partitions) {
        return new AddPartitionsToTxnRequestData()
                .setV3AndBelowTransactionalId(id)
                .setV3AndBelowProducerId(producerId)
                .setV3AndBelowProducerEpoch((short) epoch)
                .setV3AndBelowTopics(topics(topic, partitions));
    }

    /** As brokers ask, from version 4 on. */
    static AddPartitionsToTxnRequestData verify(
            boolean only, String id, long producerId, int epoch, String topic, Integer... partitions) {
        AddPartitionsToTxnRequestData request = new AddPartitionsToTxnRequestData();
        request.transactions()
                .add(new AddPartitionsToTxnTransaction()
                        .setVerifyOnly(only)
                        .setTransactionalId(id)
                        .setProducerId(producerId)
                        .setProducerEpoch((short) epoch)
                        .setTopics(topics(topic, partitions)));
        return request;
    }

    private static AddPartitionsToTxnTopicCollection topics(String topic, Integer... partitions) {
        AddPartitionsToTxnTopicCollection topics = new AddPartitionsToTxnTopicCollection();
        topics.add(new AddPartitionsToTxnTopic().setName(topic).setPartitions(List.of(partitions)));
        return topics;
    }

    static AddOffsetsToTxnRequestData addGroup(String id, long producerId, int epoch, String group) {
        return new AddOffsetsToTxnRequestData()
                .setTransactionalId(id)
                .setProducerId(producerId)
                .setProducerEpoch((short) epoch)
                .setGroupId(group);
    }

    static EndTxnRequestData end(String id, long producerId, int epoch, boolean commit) {
        return new EndTxnRequestData()
                .setTransactionalId(id)
                .setProducerId(producerId)
                .setProducerEpoch((short) epoch)
                .setCommitted(commit);
    }

    static TxnOffsetCommitRequestData commitOffset(
            Witness witness,
            short version,
            String id,
            long producerId,
            int epoch,
            String group,
            String topic,
            int partition) {
        TxnOffsetCommitRequestTopic committed = new TxnOffsetCommitRequestTopic()
                .setPartitions(List.of(new TxnOffsetCommitRequestPartition()
                        .setPartitionIndex(partition)
                        .setCommittedOffset(OFFSET)
                        .setCommittedMetadata("m")));
        return new TxnOffsetCommitRequestData()
                .setTransactionalId(id)
                .setGroupId(group)
                .setProducerId(producerId)
                .setProducerEpoch((short) epoch)
                .setTopics(List.of(
                        version < FIRST_COMMIT_WITH_IDS
                                ? committed.setName(topic)
                                : committed.setTopicId(witness.topicId(topic))));
    }

    static TxnOffsetCommitRequestData ofMember(TxnOffsetCommitRequestData request, short version) {
        return version < FIRST_COMMIT_WITH_MEMBERS
                ? request
                : request.setMemberId("somebody").setGenerationIdOrMemberEpoch(3);
    }

    static OffsetFetchRequestData fetch(Witness witness, short version, String group, String topic) {
        OffsetFetchRequestTopics topics = new OffsetFetchRequestTopics().setPartitionIndexes(List.of(0, 9));
        return new OffsetFetchRequestData()
                .setRequireStable(true)
                .setGroups(List.of(new OffsetFetchRequestGroup()
                        .setGroupId(group)
                        .setTopics(List.of(
                                version < FIRST_FETCH_WITH_IDS
                                        ? topics.setName(topic)
                                        : topics.setTopicId(witness.topicId(topic))))));
    }

    static WriteTxnMarkersRequestData markers(
            long producerId, int epoch, int coordinatorEpoch, boolean commit, String topic, Integer... partitions) {
        return new WriteTxnMarkersRequestData()
                .setMarkers(List.of(new WritableTxnMarker()
                        .setProducerId(producerId)
                        .setProducerEpoch((short) epoch)
                        .setTransactionResult(commit)
                        .setCoordinatorEpoch(coordinatorEpoch)
                        .setTopics(List.of(new WritableTxnMarkerTopic()
                                .setName(topic)
                                .setPartitionIndexes(List.of(partitions))))));
    }

    static byte[] transactional(long producerId, int epoch, int sequence) {
        return Batches.changed(
                Batches.idempotent(producerId, epoch, sequence, 1),
                batch -> batch.putShort(Batches.ATTRIBUTES, TRANSACTIONAL));
    }
}
