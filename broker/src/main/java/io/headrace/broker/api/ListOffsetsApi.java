package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.log.PartitionLog;
import io.headrace.log.TimestampOffset;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicImage;
import io.headrace.ports.DiskWork;
import io.headrace.replication.Isolation;
import io.headrace.replication.LeaderPartition;
import io.headrace.wire.ErrorCode;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsTopicResponse;

/**
 * ListOffsets, versions 1 to 11: by timestamp, and the latest (-1), earliest (-2), largest-timestamp (-3, KIP-734) and
 * earliest-local (-4, KIP-405) offsets. No answer lies above the high watermark, or under read_committed above the last
 * stable offset; it is given once the high watermark has reached all that was written before. Nothing is ever tiered here, so the
 * latest-tiered (-5, KIP-1005) and earliest-pending-upload (-6, KIP-1023) offsets are unknown (-1), as in Kafka without
 * remote storage.
 */
public final class ListOffsetsApi implements Api {

    private static final long LATEST = -1;
    private static final long EARLIEST = -2;
    private static final long MAX_TIMESTAMP = -3;
    private static final long EARLIEST_LOCAL = -4;
    private static final long LATEST_TIERED = -5;
    private static final long EARLIEST_PENDING_UPLOAD = -6;
    private static final long UNKNOWN = -1;
    private static final short FIRST_VERSION_WITH_EPOCH = 4;

    private final Node node;

    public ListOffsetsApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        ListOffsetsRequestData wanted = (ListOffsetsRequestData) request.body();
        MetadataImage image = node.image();
        ListOffsetsResponseData response = new ListOffsetsResponseData();
        Isolation isolation = Isolation.forCode(wanted.isolationLevel());
        NamedPartitions<ListOffsetsPartition, ListOffsetsPartitionResponse> partitions = new NamedPartitions<>();
        Set<String> twice = namedTwice(wanted);
        for (ListOffsetsTopic topic : wanted.topics()) {
            ListOffsetsTopicResponse result = new ListOffsetsTopicResponse().setName(topic.name());
            response.topics().add(result);
            TopicImage known = image.topic(topic.name());
            for (ListOffsetsPartition partition : topic.partitions()) {
                int index = partition.partitionIndex();
                ListOffsetsPartitionResponse place = new ListOffsetsPartitionResponse().setPartitionIndex(index);
                result.partitions().add(place);
                if (twice.contains(key(topic, partition))) {
                    place.setErrorCode(ErrorCode.INVALID_REQUEST.code());
                } else if (!partitions.add(known, index, partition, place)) {
                    place.setErrorCode(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
                }
            }
        }
        partitions.<Found>ask(
                node,
                request,
                (one, partition, answer) -> ask(one, request.version(), isolation, partition, answer),
                (place, found) -> fill(place, found, request.version()),
                () -> request.respond(response));
    }

    /** Which of the two would be meant is not known, so neither is looked up. */
    private static Set<String> namedTwice(ListOffsetsRequestData wanted) {
        Set<String> once = new HashSet<>();
        Set<String> twice = new HashSet<>();
        for (ListOffsetsTopic topic : wanted.topics()) {
            for (ListOffsetsPartition partition : topic.partitions()) {
                String key = key(topic, partition);
                if (!once.add(key)) {
                    twice.add(key);
                }
            }
        }
        return twice;
    }

    private static String key(ListOffsetsTopic topic, ListOffsetsPartition partition) {
        return topic.name() + "-" + partition.partitionIndex();
    }

    /** What one partition says; {@code timestamp} and {@code leaderEpoch} are -1 where there are none. */
    private record Found(ErrorCode error, long offset, long timestamp, int leaderEpoch) {
        static Found failed(ErrorCode error) {
            return new Found(error, UNKNOWN, UNKNOWN, -1);
        }

        static Found nothing() {
            return failed(ErrorCode.NONE);
        }

        static Found at(long offset, int leaderEpoch) {
            return new Found(ErrorCode.NONE, offset, UNKNOWN, leaderEpoch);
        }
    }

    private static void fill(ListOffsetsPartitionResponse place, Found found, short version) {
        Found told = found != null ? found : Found.failed(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        place.setErrorCode(told.error().code()).setOffset(told.offset()).setTimestamp(told.timestamp());
        if (version >= FIRST_VERSION_WITH_EPOCH) {
            place.setLeaderEpoch(told.leaderEpoch());
        }
    }

    // ---- on the shard of the partition

    private static void ask(
            ListOffsetsPartition wanted,
            short version,
            Isolation isolation,
            LeaderPartition partition,
            Consumer<Found> answer) {
        ErrorCode fenced = partition.checkEpoch(wanted.currentLeaderEpoch());
        if (fenced != ErrorCode.NONE) {
            answer.accept(Found.failed(fenced));
            return;
        }
        if (!isKnown(wanted.timestamp(), version)) {
            answer.accept(Found.failed(ErrorCode.UNSUPPORTED_VERSION));
            return;
        }
        partition.querySettled(
                (log, highWatermark) ->
                        look(wanted.timestamp(), partition, log, isolation.endOf(log, highWatermark), answer),
                error -> answer.accept(Found.failed(error)));
    }

    /** Each special timestamp came with a version of the protocol; all others below zero mean nothing. */
    private static boolean isKnown(long timestamp, short version) {
        if (timestamp >= EARLIEST) {
            return true;
        }
        int since = switch ((int) Math.max(timestamp, Integer.MIN_VALUE)) {
            case (int) MAX_TIMESTAMP -> 7;
            case (int) EARLIEST_LOCAL -> 8;
            case (int) LATEST_TIERED -> 9;
            case (int) EARLIEST_PENDING_UPLOAD -> 11;
            default -> Integer.MAX_VALUE;
        };
        return version >= since;
    }

    private static void look(
            long timestamp, LeaderPartition partition, PartitionLog log, long end, Consumer<Found> answer) {
        if (timestamp == LATEST) {
            answer.accept(Found.at(end, partition.leaderEpoch()));
        } else if (timestamp == EARLIEST || timestamp == EARLIEST_LOCAL) {
            long start = log.logStartOffset();
            answer.accept(Found.at(start, partition.epochOf(start, log)));
        } else if (timestamp == LATEST_TIERED || timestamp == EARLIEST_PENDING_UPLOAD) {
            answer.accept(Found.nothing());
        } else {
            DiskWork.Task<TimestampOffset> lookup =
                    timestamp == MAX_TIMESTAMP ? log.maxTimestampLookup(end) : log.timestampLookup(timestamp, end);
            partition.onDisk(
                    lookup,
                    found -> answer.accept(
                            new Found(ErrorCode.NONE, found.offset(), found.timestampMs(), found.leaderEpoch())),
                    error -> answer.accept(Found.failed(error)));
        }
    }
}
