package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.broker.coordination.CoordinatorKind;
import io.headrace.broker.transaction.TransactionCoordinators.Producer;
import io.headrace.coordination.transaction.PartitionResults;
import io.headrace.metadata.TopicImage;
import io.headrace.metadata.TopicNames;
import io.headrace.wire.ErrorCode;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.AddOffsetsToTxnRequestData;
import org.apache.kafka.common.message.AddOffsetsToTxnResponseData;

/** AddOffsetsToTxn, versions 0 to 4: the partition of {@code __consumer_offsets} of the group becomes part of the transaction. */
public final class AddOffsetsToTxnApi implements Api {

    private static final short FIRST_VERSION_WITH_FENCED = 2;
    private static final short CLIENT_VERSION = 0;

    private final Node node;

    public AddOffsetsToTxnApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        AddOffsetsToTxnRequestData wanted = (AddOffsetsToTxnRequestData) request.body();
        TopicImage offsets = node.image().topic(TopicNames.CONSUMER_OFFSETS);
        if (offsets == null) {
            respond(request, ErrorCode.COORDINATOR_NOT_AVAILABLE);
            return;
        }
        int partition = CoordinatorKind.partitionOf(wanted.groupId(), offsets.partitionCount());
        node.transactions()
                .partitions(
                        request.shard(),
                        new Producer(wanted.transactionalId(), wanted.producerId(), wanted.producerEpoch()),
                        List.of(new TopicPartition(offsets.name(), partition)),
                        false,
                        CLIENT_VERSION,
                        result -> respond(request, PartitionResults.ofOne(result)),
                        error -> respond(request, error));
    }

    private static void respond(Request request, ErrorCode error) {
        ErrorCode told = FencedName.in(request.version(), FIRST_VERSION_WITH_FENCED, error);
        request.respond(new AddOffsetsToTxnResponseData().setErrorCode(told.code()));
    }
}
