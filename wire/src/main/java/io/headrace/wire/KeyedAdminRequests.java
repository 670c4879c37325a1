package io.headrace.wire;

import java.util.List;
import org.apache.kafka.common.message.AlterReplicaLogDirsRequestData;
import org.apache.kafka.common.message.AlterReplicaLogDirsRequestData.AlterReplicaLogDir;
import org.apache.kafka.common.message.AlterReplicaLogDirsRequestData.AlterReplicaLogDirCollection;
import org.apache.kafka.common.message.AlterReplicaLogDirsRequestData.AlterReplicaLogDirTopic;
import org.apache.kafka.common.message.AlterReplicaLogDirsRequestData.AlterReplicaLogDirTopicCollection;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.ElectLeadersRequestData.TopicPartitions;
import org.apache.kafka.common.message.ElectLeadersRequestData.TopicPartitionsCollection;
import org.apache.kafka.common.message.UpdateFeaturesRequestData;
import org.apache.kafka.common.message.UpdateFeaturesRequestData.FeatureUpdateKey;
import org.apache.kafka.common.message.UpdateFeaturesRequestData.FeatureUpdateKeyCollection;

/** What {@link KeyedRequests} is, for the requests of those who look after a cluster's replicas and features. */
final class KeyedAdminRequests {

    private KeyedAdminRequests() {}

    static AlterReplicaLogDirsRequestData alterReplicaLogDirs(ByteReader in, short version) {
        KeyedFields fields = new KeyedFields(in, version >= 2);
        int count = fields.count();
        List<AlterReplicaLogDir> directories = fields.list(count);
        for (int i = 0; i < count; i++) {
            directories.add(alterReplicaLogDir(in, version, fields));
        }
        AlterReplicaLogDirsRequestData request = new AlterReplicaLogDirsRequestData()
                .setDirs(fields.fill(new AlterReplicaLogDirCollection(KeyedFields.capacityFor(count)), directories));
        fields.tags(request);
        return request;
    }

    private static AlterReplicaLogDir alterReplicaLogDir(ByteReader in, short version, KeyedFields fields) {
        AlterReplicaLogDir directory = new AlterReplicaLogDir().setPath(fields.string());
        int count = fields.count();
        List<AlterReplicaLogDirTopic> topics = fields.list(count);
        for (int i = 0; i < count; i++) {
            topics.add(new AlterReplicaLogDirTopic(in, version));
        }
        directory.setTopics(fields.fill(new AlterReplicaLogDirTopicCollection(KeyedFields.capacityFor(count)), topics));
        fields.tags(directory);
        return directory;
    }

    static ElectLeadersRequestData electLeaders(ByteReader in, short version) {
        KeyedFields fields = new KeyedFields(in, version >= 2);
        ElectLeadersRequestData request = new ElectLeadersRequestData();
        if (version >= 1) {
            request.setElectionType(in.readByte());
        }
        int count = fields.nullableCount();
        if (count < 0) {
            request.setTopicPartitions(null);
        } else {
            List<TopicPartitions> topics = fields.list(count);
            for (int i = 0; i < count; i++) {
                topics.add(new TopicPartitions(in, version));
            }
            request.setTopicPartitions(
                    fields.fill(new TopicPartitionsCollection(KeyedFields.capacityFor(count)), topics));
        }
        request.setTimeoutMs(in.readInt());
        fields.tags(request);
        return request;
    }

    static UpdateFeaturesRequestData updateFeatures(ByteReader in, short version) {
        KeyedFields fields = new KeyedFields(in, true);
        UpdateFeaturesRequestData request = new UpdateFeaturesRequestData().setTimeoutMs(in.readInt());
        int count = fields.count();
        List<FeatureUpdateKey> updates = fields.list(count);
        for (int i = 0; i < count; i++) {
            updates.add(new FeatureUpdateKey(in, version));
        }
        request.setFeatureUpdates(fields.fill(new FeatureUpdateKeyCollection(KeyedFields.capacityFor(count)), updates));
        if (version >= 1) {
            request.setValidateOnly(fields.bool());
        }
        fields.tags(request);
        return request;
    }
}
