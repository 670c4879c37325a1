package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.PartitionRef;
import io.headrace.broker.Request;
import io.headrace.broker.coordination.Asker;
import io.headrace.broker.coordination.Coordinators;
import io.headrace.broker.transaction.TransactionCoordinators.Producer;
import io.headrace.broker.transaction.TransactionVerifier;
import io.headrace.coordination.group.GroupEvent;
import io.headrace.coordination.group.RequestContext;
import io.headrace.log.AppendOrigin;
import io.headrace.log.Verification;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData.TxnOffsetCommitResponsePartition;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData.TxnOffsetCommitResponseTopic;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * TxnOffsetCommit, versions 0 to 6: offsets that count when the transaction commits (KIP-98, KIP-447), with topic ids from
 * version 6 on (KIP-1319). The group's partition has to be in the transaction; from version 5 on it is added (KIP-890).
 */
public final class TxnOffsetCommitApi implements Api {

    private static final short FIRST_VERSION_WITH_ABORTABLE = 4;
    private static final short FIRST_VERSION_THAT_ADDS_PARTITIONS = 5;
    private static final short FIRST_VERSION_WITH_LOADING = 2;
    private static final int NO_SEQUENCE = -1;

    private final Node node;
    private final TransactionVerifier verifier;

    public TxnOffsetCommitApi(Node node) {
        this.node = node;
        this.verifier = new TransactionVerifier(node.transactions());
    }

    @Override
    public void handle(Request request) {
        TxnOffsetCommitRequestData wanted = (TxnOffsetCommitRequestData) request.body();
        if (wanted.groupId().isEmpty()) {
            refuse(request, ErrorCode.INVALID_GROUP_ID);
            return;
        }
        PartitionRef ref = coordinators().refOf(wanted.groupId());
        if (ref == null) {
            refuse(request, ErrorCode.NOT_COORDINATOR);
            return;
        }
        RequestContext context = new RequestContext(
                request.version(),
                request.clientId(),
                request.clientHost(),
                request.state().isPatient());
        Shard owner = node.partitions().shardOf(ref);
        if (owner.isCurrent()) {
            verify(request, wanted, context, ref, owner);
        } else {
            owner.post(() -> verify(request, wanted, context, ref, owner));
        }
    }

    private Coordinators<GroupEvent> coordinators() {
        return node.groups().all();
    }

    // ---- on the shard of the group's partition

    private void verify(
            Request request, TxnOffsetCommitRequestData wanted, RequestContext context, PartitionRef ref, Shard owner) {
        LeaderPartition partition = node.partitions().find(ref);
        if (partition == null) {
            refuse(request, ErrorCode.NOT_COORDINATOR);
            return;
        }
        verifier.verify(
                partition,
                owner,
                new Producer(wanted.transactionalId(), wanted.producerId(), wanted.producerEpoch()),
                NO_SEQUENCE,
                client(request.version()),
                verification -> commit(request, wanted, context, ref, verification),
                error -> refuse(request, error));
    }

    private static TransactionVerifier.Client client(short version) {
        return TransactionVerifier.Client.speaking(
                version, FIRST_VERSION_WITH_ABORTABLE, FIRST_VERSION_THAT_ADDS_PARTITIONS);
    }

    private void commit(
            Request request,
            TxnOffsetCommitRequestData wanted,
            RequestContext context,
            PartitionRef ref,
            Verification verification) {
        coordinators()
                .askHere(
                        ref,
                        ticket -> new GroupEvent.Request(ticket, context, wanted),
                        new AppendOrigin.Coordinator(verification),
                        new Asker() {
                            @Override
                            public void answered(ApiMessage response) {
                                request.respond(response);
                            }

                            @Override
                            public void refused(ErrorCode error) {
                                refuse(request, error);
                            }
                        });
    }

    // ---- from any shard

    private static void refuse(Request request, ErrorCode error) {
        boolean loading = error == ErrorCode.COORDINATOR_LOAD_IN_PROGRESS;
        ErrorCode told =
                loading && request.version() < FIRST_VERSION_WITH_LOADING ? ErrorCode.COORDINATOR_NOT_AVAILABLE : error;
        TxnOffsetCommitResponseData response = new TxnOffsetCommitResponseData();
        for (TxnOffsetCommitRequestTopic topic : ((TxnOffsetCommitRequestData) request.body()).topics()) {
            TxnOffsetCommitResponseTopic answer =
                    new TxnOffsetCommitResponseTopic().setName(topic.name()).setTopicId(topic.topicId());
            for (TxnOffsetCommitRequestPartition partition : topic.partitions()) {
                answer.partitions()
                        .add(new TxnOffsetCommitResponsePartition()
                                .setPartitionIndex(partition.partitionIndex())
                                .setErrorCode(told.code()));
            }
            response.topics().add(answer);
        }
        request.respond(response);
    }
}
