package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.log.LeaderEpochs;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicImage;
import io.headrace.replication.LeaderPartition;
import io.headrace.wire.ErrorCode;
import java.util.function.Consumer;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderPartition;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopic;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.EpochEndOffset;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.OffsetForLeaderTopicResult;

/**
 * OffsetForLeaderEpoch, versions 2 to 4: where an epoch ended (KIP-101, KIP-320), so that a client can tell whether what it
 * has read was truncated. The end of the current epoch is the high watermark.
 */
public final class OffsetForLeaderEpochApi implements Api {

    private final Node node;

    public OffsetForLeaderEpochApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        OffsetForLeaderEpochRequestData wanted = (OffsetForLeaderEpochRequestData) request.body();
        OffsetForLeaderEpochResponseData response = new OffsetForLeaderEpochResponseData();
        MetadataImage image = node.image();
        NamedPartitions<OffsetForLeaderPartition, EpochEndOffset> partitions = new NamedPartitions<>();
        for (OffsetForLeaderTopic topic : wanted.topics()) {
            OffsetForLeaderTopicResult result = new OffsetForLeaderTopicResult().setTopic(topic.topic());
            response.topics().add(result);
            TopicImage known = image.topic(topic.topic());
            for (OffsetForLeaderPartition partition : topic.partitions()) {
                EpochEndOffset place = new EpochEndOffset().setPartition(partition.partition());
                result.partitions().add(place);
                if (!partitions.add(known, partition.partition(), partition, place)) {
                    place.setErrorCode(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
                }
            }
        }
        partitions.<EpochEndOffset>ask(
                node,
                request,
                OffsetForLeaderEpochApi::ask,
                OffsetForLeaderEpochApi::fill,
                () -> request.respond(response));
    }

    private static void fill(EpochEndOffset place, EpochEndOffset answer) {
        if (answer == null) {
            place.setErrorCode(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
        } else {
            place.setErrorCode(answer.errorCode())
                    .setLeaderEpoch(answer.leaderEpoch())
                    .setEndOffset(answer.endOffset());
        }
    }

    private static void ask(
            OffsetForLeaderPartition wanted, LeaderPartition partition, Consumer<EpochEndOffset> answer) {
        ErrorCode fenced = partition.checkEpoch(wanted.currentLeaderEpoch());
        if (fenced != ErrorCode.NONE) {
            answer.accept(new EpochEndOffset().setErrorCode(fenced.code()));
            return;
        }
        partition.querySettled(
                (log, highWatermark) -> {
                    LeaderEpochs.EpochEnd end = partition.endOfEpoch(wanted.leaderEpoch(), log);
                    answer.accept(new EpochEndOffset()
                            .setLeaderEpoch(end.epoch())
                            .setEndOffset(Math.min(end.endOffset(), highWatermark)));
                },
                error -> answer.accept(new EpochEndOffset().setErrorCode(error.code())));
    }
}
