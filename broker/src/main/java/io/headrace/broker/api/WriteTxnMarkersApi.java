package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.PartitionRef;
import io.headrace.broker.Request;
import io.headrace.log.TransactionMarker;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicImage;
import io.headrace.runtime.Shard;
import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData.WritableTxnMarker;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData.WritableTxnMarkerTopic;
import org.apache.kafka.common.message.WriteTxnMarkersResponseData;
import org.apache.kafka.common.message.WriteTxnMarkersResponseData.WritableTxnMarkerPartitionResult;
import org.apache.kafka.common.message.WriteTxnMarkersResponseData.WritableTxnMarkerResult;
import org.apache.kafka.common.message.WriteTxnMarkersResponseData.WritableTxnMarkerTopicResult;

/**
 * WriteTxnMarkers, versions 1 and 2 (KIP-98, KIP-1228): how Kafka's tools end a transaction that hangs. The coordinator of
 * this broker writes its markers without it.
 */
public final class WriteTxnMarkersApi implements Api {

    private final Node node;

    public WriteTxnMarkersApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        WriteTxnMarkersRequestData wanted = (WriteTxnMarkersRequestData) request.body();
        WriteTxnMarkersResponseData response = new WriteTxnMarkersResponseData();
        Writing writing = new Writing(request, response);
        MetadataImage image = node.image();
        for (WritableTxnMarker marker : wanted.markers()) {
            WritableTxnMarkerResult result = new WritableTxnMarkerResult().setProducerId(marker.producerId());
            response.markers().add(result);
            for (WritableTxnMarkerTopic topic : marker.topics()) {
                WritableTxnMarkerTopicResult topicResult = new WritableTxnMarkerTopicResult().setName(topic.name());
                result.topics().add(topicResult);
                for (int index : topic.partitionIndexes()) {
                    WritableTxnMarkerPartitionResult place =
                            new WritableTxnMarkerPartitionResult().setPartitionIndex(index);
                    topicResult.partitions().add(place);
                    writing.write(marker, image.topic(topic.name()), place);
                }
            }
        }
        writing.countDown();
    }

    /** The markers of one request. Owned by the connection's shard. */
    private final class Writing {
        private final Request request;
        private final WriteTxnMarkersResponseData response;
        private final Shard home;
        private int outstanding = 1;

        Writing(Request request, WriteTxnMarkersResponseData response) {
            this.request = request;
            this.response = response;
            this.home = request.shard();
        }

        void write(WritableTxnMarker marker, TopicImage topic, WritableTxnMarkerPartitionResult place) {
            if (topic == null || topic.partition(place.partitionIndex()) == null) {
                place.setErrorCode(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
                return;
            }
            outstanding++;
            TransactionMarker written = new TransactionMarker(
                    marker.producerId(), marker.producerEpoch(), marker.coordinatorEpoch(), marker.transactionResult());
            node.transactions()
                    .markers()
                    .write(
                            new PartitionRef(topic.id(), place.partitionIndex()),
                            written,
                            marker.transactionVersion(),
                            error -> home.post(() -> {
                                place.setErrorCode(error.code());
                                countDown();
                            }));
        }

        void countDown() {
            if (--outstanding == 0) {
                request.respond(response);
            }
        }
    }
}
