package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicImage;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.AlterReplicaLogDirsRequestData;
import org.apache.kafka.common.message.AlterReplicaLogDirsRequestData.AlterReplicaLogDir;
import org.apache.kafka.common.message.AlterReplicaLogDirsRequestData.AlterReplicaLogDirTopic;
import org.apache.kafka.common.message.AlterReplicaLogDirsResponseData;
import org.apache.kafka.common.message.AlterReplicaLogDirsResponseData.AlterReplicaLogDirPartitionResult;
import org.apache.kafka.common.message.AlterReplicaLogDirsResponseData.AlterReplicaLogDirTopicResult;

/**
 * AlterReplicaLogDirs, versions 1 and 2 (KIP-113): there is one log directory, in which every replica lies already. A
 * partition that is named with several directories is answered once.
 */
public final class AlterReplicaLogDirsApi implements Api {

    private final Node node;

    public AlterReplicaLogDirsApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        AlterReplicaLogDirsRequestData wanted = (AlterReplicaLogDirsRequestData) request.body();
        MetadataImage image = node.image();
        Map<String, Map<Integer, ErrorCode>> errors = new LinkedHashMap<>();
        for (AlterReplicaLogDir directory : wanted.dirs()) {
            boolean known = directory.path().equals(node.logDirs().directory().toString());
            for (AlterReplicaLogDirTopic topic : directory.topics()) {
                for (int partition : topic.partitions()) {
                    ErrorCode error = known ? error(image.topic(topic.name()), partition) : ErrorCode.LOG_DIR_NOT_FOUND;
                    errors.computeIfAbsent(topic.name(), _ -> new LinkedHashMap<>())
                            .put(partition, error);
                }
            }
        }
        request.respond(response(errors));
    }

    /** A topic that is not there may be null. */
    private static ErrorCode error(TopicImage topic, int partition) {
        boolean found = topic != null && topic.partition(partition) != null;
        return found ? ErrorCode.NONE : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    }

    private static AlterReplicaLogDirsResponseData response(Map<String, Map<Integer, ErrorCode>> errors) {
        AlterReplicaLogDirsResponseData response = new AlterReplicaLogDirsResponseData();
        errors.forEach((topic, ofTopic) -> {
            List<AlterReplicaLogDirPartitionResult> partitions = new ArrayList<>();
            ofTopic.forEach((partition, error) -> partitions.add(new AlterReplicaLogDirPartitionResult()
                    .setPartitionIndex(partition)
                    .setErrorCode(error.code())));
            response.results()
                    .add(new AlterReplicaLogDirTopicResult().setTopicName(topic).setPartitions(partitions));
        });
        return response;
    }
}
