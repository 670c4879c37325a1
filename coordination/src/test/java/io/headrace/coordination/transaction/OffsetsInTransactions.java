package io.headrace.coordination.transaction;

import io.headrace.coordination.Transcript;
import io.headrace.coordination.group.GroupSettings;
import io.headrace.coordination.group.RequestContext;
import io.headrace.coordination.group.TestHost;
import io.headrace.wire.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData;
import org.apache.kafka.common.protocol.ApiMessage;

/** A group, the offsets that transactions commit for it, and the partition of {@code __consumer_offsets} where they are. */
final class OffsetsInTransactions {

    static final TopicPartition PARTITION = new TopicPartition("__consumer_offsets", 0);

    private static final String GROUP = "g";

    private final Transcript transcript;
    private final TestHost host;
    private final Map<String, Integer> epochs = new LinkedHashMap<>();

    OffsetsInTransactions(Transcript transcript) {
        this.transcript = transcript;
        this.host = new TestHost(
                GroupSettings.defaults(), 1, (ticket, response) -> transcript.answered(own(ticket), response));
        host.topics.create("t", 2);
    }

    /** The transaction coordinator's tickets are positive. */
    private static long own(long ticket) {
        return -ticket;
    }

    private void ask(ApiMessage request, int version, Function<ApiMessage, String> reader) {
        RequestContext context = new RequestContext((short) version, "client", "/127.0.0.1", false);
        transcript.expect(own(host.ask(request, context)), reader);
    }

    void flush() {
        host.flush();
    }

    void pass(long ms) {
        host.advance(ms, host::flush);
    }

    void join(String member) {
        ConsumerGroupHeartbeatRequestData request = new ConsumerGroupHeartbeatRequestData()
                .setGroupId(GROUP)
                .setMemberId(member)
                .setMemberEpoch(0)
                .setRebalanceTimeoutMs(60_000)
                .setSubscribedTopicNames(List.of("t"))
                .setTopicPartitions(List.of());
        ask(request, 1, response -> {
            int epoch = ((ConsumerGroupHeartbeatResponseData) response).memberEpoch();
            epochs.put(member, epoch);
            return member + ": member in epoch " + epoch;
        });
    }

    /** TxnOffsetCommit, with the member whose offset it is (KIP-447). */
    void commit(TestProducer producer, TopicPartition read, long offset, String member) {
        TxnOffsetCommitRequestData request = new TxnOffsetCommitRequestData()
                .setTransactionalId(producer.transactionalId)
                .setProducerId(producer.producerId)
                .setProducerEpoch(producer.epoch)
                .setGroupId(GROUP)
                .setMemberId(epochs.containsKey(member) ? member : "")
                .setGenerationIdOrMemberEpoch(epochs.getOrDefault(member, -1))
                .setTopics(List.of(new TxnOffsetCommitRequestTopic()
                        .setName(read.topic())
                        .setPartitions(List.of(new TxnOffsetCommitRequestPartition()
                                .setPartitionIndex(read.partition())
                                .setCommittedOffset(offset)))));
        ask(request, producer.old ? 3 : 5, response -> {
            short error = ((TxnOffsetCommitResponseData) response)
                    .topics()
                    .getFirst()
                    .partitions()
                    .getFirst()
                    .errorCode();
            return producer.name + ": " + ErrorCode.forCode(error);
        });
    }

    /** A marker in the partition, of which the group coordinator hears. */
    String end(long producerId, short epoch, boolean commit) {
        host.endTransaction(producerId, epoch, commit);
        return PARTITION + ": offsets of " + producerId + (commit ? " committed" : " aborted");
    }

    /** As a consumer asks that begins to read: only for what no open transaction may still change. */
    void fetch(TopicPartition partition) {
        OffsetFetchRequestGroup group = new OffsetFetchRequestGroup()
                .setGroupId(GROUP)
                .setTopics(List.of(new OffsetFetchRequestTopics()
                        .setName(partition.topic())
                        .setPartitionIndexes(List.of(partition.partition()))));
        ask(new OffsetFetchRequestData().setRequireStable(true).setGroups(List.of(group)), 9, response -> {
            var found = ((OffsetFetchResponseData) response)
                    .groups()
                    .getFirst()
                    .topics()
                    .getFirst()
                    .partitions()
                    .getFirst();
            return partition + ": "
                    + (found.errorCode() == 0 ? found.committedOffset() : ErrorCode.forCode(found.errorCode()));
        });
    }
}
