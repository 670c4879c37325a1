package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicImage;
import io.headrace.wire.ErrorCode;
import java.util.List;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsTopic;
import org.apache.kafka.common.message.DeleteRecordsResponseData;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsPartitionResult;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsTopicResult;

/**
 * DeleteRecords, versions 0 to 2 (KIP-107). The answer waits until the new log start offsets are in the checkpoint on disk,
 * so that what was deleted does not come back.
 */
public final class DeleteRecordsApi implements Api {

    private static final long NO_WATERMARK = -1;

    private final Node node;

    public DeleteRecordsApi(Node node) {
        this.node = node;
    }

    /** What one partition did. */
    private record Deleted(ErrorCode error, long logStartOffset) {}

    @Override
    public void handle(Request request) {
        DeleteRecordsRequestData wanted = (DeleteRecordsRequestData) request.body();
        DeleteRecordsResponseData response = new DeleteRecordsResponseData();
        MetadataImage image = node.image();
        NamedPartitions<DeleteRecordsPartition, DeleteRecordsPartitionResult> partitions = new NamedPartitions<>();
        for (DeleteRecordsTopic topic : wanted.topics()) {
            DeleteRecordsTopicResult result = new DeleteRecordsTopicResult().setName(topic.name());
            response.topics().add(result);
            TopicImage known = image.topic(topic.name());
            for (DeleteRecordsPartition partition : topic.partitions()) {
                DeleteRecordsPartitionResult place = new DeleteRecordsPartitionResult()
                        .setPartitionIndex(partition.partitionIndex())
                        .setLowWatermark(NO_WATERMARK);
                result.partitions().add(place);
                if (known != null && known.internal()) {
                    place.setErrorCode(ErrorCode.INVALID_TOPIC_EXCEPTION.code());
                } else if (!partitions.add(known, partition.partitionIndex(), partition, place)) {
                    place.setErrorCode(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
                }
            }
        }
        partitions.<Deleted>ask(
                node,
                request,
                (one, partition, answer) -> partition.deleteRecords(
                        one.offset(),
                        logStart -> answer.accept(new Deleted(ErrorCode.NONE, logStart)),
                        error -> answer.accept(new Deleted(error, NO_WATERMARK))),
                DeleteRecordsApi::fill,
                () -> answerOnceSaved(request, response, partitions.places()));
    }

    private static void fill(DeleteRecordsPartitionResult place, Deleted deleted) {
        if (deleted == null) {
            place.setErrorCode(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
        } else {
            place.setErrorCode(deleted.error().code()).setLowWatermark(deleted.logStartOffset());
        }
    }

    private void answerOnceSaved(
            Request request, DeleteRecordsResponseData response, List<DeleteRecordsPartitionResult> deleted) {
        node.checkpoints().save(request.shard(), () -> request.respond(response), _ -> {
            for (DeleteRecordsPartitionResult place : deleted) {
                if (place.errorCode() == ErrorCode.NONE.code()) {
                    place.setErrorCode(ErrorCode.KAFKA_STORAGE_ERROR.code()).setLowWatermark(NO_WATERMARK);
                }
            }
            request.respond(response);
        });
    }
}
