package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.LogDirs;
import io.headrace.broker.Node;
import io.headrace.broker.PartitionRef;
import io.headrace.broker.Request;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicImage;
import io.headrace.wire.ErrorCode;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.kafka.common.message.DescribeLogDirsRequestData;
import org.apache.kafka.common.message.DescribeLogDirsRequestData.DescribableLogDirTopic;
import org.apache.kafka.common.message.DescribeLogDirsResponseData;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsPartition;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsResult;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsTopic;

/**
 * DescribeLogDirs, versions 1 to 5 (KIP-113, KIP-827): the sizes of partitions and of the file system. A partition that
 * has never been used has no files yet, and size 0.
 */
public final class DescribeLogDirsApi implements Api {

    private final Node node;

    public DescribeLogDirsApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        DescribeLogDirsRequestData wanted = (DescribeLogDirsRequestData) request.body();
        MetadataImage image = node.image();
        DescribeLogDirsResult result =
                new DescribeLogDirsResult().setLogDir(node.logDirs().directory().toString());
        DescribeLogDirsResponseData response = new DescribeLogDirsResponseData().setResults(List.of(result));
        node.logDirs()
                .usage(
                        request.shard(),
                        image,
                        usage -> {
                            fill(result, wanted, image, usage);
                            request.respond(response);
                        },
                        _ -> {
                            result.setErrorCode(ErrorCode.KAFKA_STORAGE_ERROR.code());
                            request.respond(response);
                        });
    }

    private static void fill(
            DescribeLogDirsResult result, DescribeLogDirsRequestData wanted, MetadataImage image, LogDirs.Usage usage) {
        result.setTotalBytes(usage.totalBytes()).setUsableBytes(usage.usableBytes());
        if (wanted.topics() == null) {
            for (TopicImage topic : image.topics()) {
                DescribeLogDirsTopic described = new DescribeLogDirsTopic().setName(topic.name());
                for (int partition = 0; partition < topic.partitionCount(); partition++) {
                    described.partitions().add(describe(topic, partition, usage));
                }
                result.topics().add(described);
            }
            return;
        }
        for (DescribableLogDirTopic named : wanted.topics()) {
            TopicImage topic = image.topic(named.topic());
            DescribeLogDirsTopic described = new DescribeLogDirsTopic().setName(named.topic());
            for (int partition : new LinkedHashSet<>(named.partitions())) {
                if (topic != null && topic.partition(partition) != null) {
                    described.partitions().add(describe(topic, partition, usage));
                }
            }
            if (!described.partitions().isEmpty()) {
                result.topics().add(described);
            }
        }
    }

    private static DescribeLogDirsPartition describe(TopicImage topic, int partition, LogDirs.Usage usage) {
        long bytes = usage.partitionBytes().getOrDefault(new PartitionRef(topic.id(), partition), 0L);
        return new DescribeLogDirsPartition().setPartitionIndex(partition).setPartitionSize(bytes);
    }
}
