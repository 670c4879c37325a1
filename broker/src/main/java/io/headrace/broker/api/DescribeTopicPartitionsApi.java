package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.PartitionImage;
import io.headrace.metadata.TopicImage;
import io.headrace.metadata.TopicNames;
import io.headrace.wire.ErrorCode;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.TopicRequest;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.Cursor;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponsePartition;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponseTopic;

/**
 * DescribeTopicPartitions, version 0 (KIP-966): topics in the order of their names, page by page. The cursor names the
 * first partition of the next page. The lists of eligible leaders are empty: every replica is in sync.
 */
public final class DescribeTopicPartitionsApi implements Api {

    private final Node node;

    public DescribeTopicPartitionsApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        DescribeTopicPartitionsRequestData wanted = (DescribeTopicPartitionsRequestData) request.body();
        boolean continued = wanted.cursor() != null;
        String firstTopic = continued ? wanted.cursor().topicName() : "";
        int firstPartition = continued ? wanted.cursor().partitionIndex() : 0;
        MetadataImage image = node.image();
        SortedSet<String> names = names(wanted, image);
        boolean strayed = continued && !wanted.topics().isEmpty() && !names.contains(firstTopic);
        if (firstPartition < 0 || strayed) {
            request.respond(refused(wanted));
            return;
        }
        int pageSize =
                Math.clamp(wanted.responsePartitionLimit(), 1, node.config().maxRequestPartitionSizeLimit());
        Page page = new Page(pageSize);
        for (String name : names) {
            if (name.compareTo(firstTopic) >= 0
                    && !page.add(name, image.topic(name), name.equals(firstTopic) ? firstPartition : 0)) {
                break;
            }
        }
        request.respond(page.response);
    }

    /** The response has no error of its own, so each of the topics gets it. */
    private static DescribeTopicPartitionsResponseData refused(DescribeTopicPartitionsRequestData wanted) {
        DescribeTopicPartitionsResponseData response = new DescribeTopicPartitionsResponseData();
        for (TopicRequest topic : wanted.topics()) {
            response.topics()
                    .add(new DescribeTopicPartitionsResponseTopic()
                            .setName(topic.name())
                            .setErrorCode(ErrorCode.INVALID_REQUEST.code()));
        }
        return response;
    }

    private static SortedSet<String> names(DescribeTopicPartitionsRequestData wanted, MetadataImage image) {
        SortedSet<String> names = new TreeSet<>();
        if (wanted.topics().isEmpty()) {
            for (TopicImage topic : image.topics()) {
                names.add(topic.name());
            }
        }
        for (TopicRequest topic : wanted.topics()) {
            names.add(topic.name());
        }
        return names;
    }

    private static final class Page {
        private final DescribeTopicPartitionsResponseData response = new DescribeTopicPartitionsResponseData();
        private int room;

        Page(int partitions) {
            room = partitions;
        }

        /** False once the page is full; the cursor then says where the next one begins. */
        boolean add(String name, TopicImage topic, int firstPartition) {
            if (room == 0) {
                response.setNextCursor(new Cursor().setTopicName(name).setPartitionIndex(firstPartition));
                return false;
            }
            DescribeTopicPartitionsResponseTopic described = describe(name, topic);
            response.topics().add(described);
            if (topic == null) {
                return true;
            }
            int end = Math.min(topic.partitionCount(), firstPartition + room);
            for (int partition = firstPartition; partition < end; partition++) {
                described.partitions().add(describe(topic.partition(partition)));
                room--;
            }
            if (end < topic.partitionCount()) {
                response.setNextCursor(new Cursor().setTopicName(name).setPartitionIndex(end));
                return false;
            }
            return true;
        }

        private static DescribeTopicPartitionsResponseTopic describe(String name, TopicImage topic) {
            DescribeTopicPartitionsResponseTopic described = new DescribeTopicPartitionsResponseTopic().setName(name);
            if (topic == null) {
                boolean valid = TopicNames.refusal(name) == null;
                ErrorCode error = valid ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : ErrorCode.INVALID_TOPIC_EXCEPTION;
                return described.setErrorCode(error.code());
            }
            return described
                    .setTopicId(topic.id())
                    .setIsInternal(topic.internal())
                    .setTopicAuthorizedOperations(AuthorizedOperations.onTopic(true));
        }

        private static DescribeTopicPartitionsResponsePartition describe(PartitionImage partition) {
            return new DescribeTopicPartitionsResponsePartition()
                    .setPartitionIndex(partition.id())
                    .setLeaderId(partition.leader())
                    .setLeaderEpoch(partition.leaderEpoch())
                    .setReplicaNodes(partition.replicas())
                    .setIsrNodes(partition.isr())
                    .setEligibleLeaderReplicas(List.of())
                    .setLastKnownElr(List.of())
                    .setOfflineReplicas(List.of());
        }
    }
}
