package io.headrace.wire;

import java.util.List;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTopic;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTopicCollection;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTransaction;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTransactionCollection;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopicCollection;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableReplicaAssignment;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableReplicaAssignmentCollection;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicCollection;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfigCollection;
import org.apache.kafka.common.message.DescribeLogDirsRequestData;
import org.apache.kafka.common.message.DescribeLogDirsRequestData.DescribableLogDirTopic;
import org.apache.kafka.common.message.DescribeLogDirsRequestData.DescribableLogDirTopicCollection;
import org.apache.kafka.common.message.DescribeProducersRequestData;
import org.apache.kafka.common.message.DescribeProducersRequestData.TopicRequest;
import org.apache.kafka.common.message.DescribeProducersRequestData.TopicRequestCollection;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocolCollection;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopicCollection;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopic;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopicCollection;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;

/**
 * Reads the outer fields of the requests whose elements the generated classes keep in a hash collection of their own,
 * instead of letting those classes do it. That collection grows element by element and, while growing, moves every
 * colliding element past every other: a Produce frame of 30 KB that names one topic 5,000 times holds a core for 43 s
 * (kafka-clients 4.4.0), and for minutes with twice as many. Here the elements are read first, their collisions counted,
 * and the collection is made large enough at once. A test compares each of these with the generated reader.
 */
final class KeyedRequests {

    private KeyedRequests() {}

    static ProduceRequestData produce(ByteReader in, short version) {
        KeyedFields fields = new KeyedFields(in, version >= 9);
        ProduceRequestData request = new ProduceRequestData()
                .setTransactionalId(fields.nullableString())
                .setAcks(in.readShort())
                .setTimeoutMs(in.readInt());
        int count = fields.count();
        List<TopicProduceData> topics = fields.list(count);
        for (int i = 0; i < count; i++) {
            topics.add(new TopicProduceData(in, version));
        }
        request.setTopicData(fields.fill(new TopicProduceDataCollection(KeyedFields.capacityFor(count)), topics));
        fields.tags(request);
        return request;
    }

    static CreateTopicsRequestData createTopics(ByteReader in, short version) {
        KeyedFields fields = new KeyedFields(in, version >= 5);
        int count = fields.count();
        List<CreatableTopic> topics = fields.list(count);
        for (int i = 0; i < count; i++) {
            topics.add(creatableTopic(in, version, fields));
        }
        CreateTopicsRequestData request = new CreateTopicsRequestData()
                .setTopics(fields.fill(new CreatableTopicCollection(KeyedFields.capacityFor(count)), topics))
                .setTimeoutMs(in.readInt())
                .setValidateOnly(fields.bool());
        fields.tags(request);
        return request;
    }

    private static CreatableTopic creatableTopic(ByteReader in, short version, KeyedFields fields) {
        CreatableTopic topic = new CreatableTopic()
                .setName(fields.string())
                .setNumPartitions(in.readInt())
                .setReplicationFactor(in.readShort())
                .setAssignments(assignments(in, version, fields));
        int count = fields.count();
        List<CreatableTopicConfig> configs = fields.list(count);
        for (int i = 0; i < count; i++) {
            configs.add(new CreatableTopicConfig(in, version));
        }
        topic.setConfigs(fields.fill(new CreatableTopicConfigCollection(KeyedFields.capacityFor(count)), configs));
        fields.tags(topic);
        return topic;
    }

    private static CreatableReplicaAssignmentCollection assignments(ByteReader in, short version, KeyedFields fields) {
        int count = fields.count();
        List<CreatableReplicaAssignment> assignments = fields.list(count);
        for (int i = 0; i < count; i++) {
            assignments.add(new CreatableReplicaAssignment(in, version));
        }
        return fields.fill(new CreatableReplicaAssignmentCollection(KeyedFields.capacityFor(count)), assignments);
    }

    static CreatePartitionsRequestData createPartitions(ByteReader in, short version) {
        KeyedFields fields = new KeyedFields(in, version >= 2);
        int count = fields.count();
        List<CreatePartitionsTopic> topics = fields.list(count);
        for (int i = 0; i < count; i++) {
            topics.add(new CreatePartitionsTopic(in, version));
        }
        CreatePartitionsRequestData request = new CreatePartitionsRequestData()
                .setTopics(fields.fill(new CreatePartitionsTopicCollection(KeyedFields.capacityFor(count)), topics))
                .setTimeoutMs(in.readInt())
                .setValidateOnly(fields.bool());
        fields.tags(request);
        return request;
    }

    static AlterConfigsRequestData alterConfigs(ByteReader in, short version) {
        KeyedFields fields = new KeyedFields(in, version >= 2);
        int count = fields.count();
        List<AlterConfigsRequestData.AlterConfigsResource> resources = fields.list(count);
        for (int i = 0; i < count; i++) {
            resources.add(alterConfigsResource(in, version, fields));
        }
        AlterConfigsRequestData request = new AlterConfigsRequestData()
                .setResources(fields.fill(
                        new AlterConfigsRequestData.AlterConfigsResourceCollection(KeyedFields.capacityFor(count)),
                        resources))
                .setValidateOnly(fields.bool());
        fields.tags(request);
        return request;
    }

    private static AlterConfigsRequestData.AlterConfigsResource alterConfigsResource(
            ByteReader in, short version, KeyedFields fields) {
        AlterConfigsRequestData.AlterConfigsResource resource = new AlterConfigsRequestData.AlterConfigsResource()
                .setResourceType(in.readByte())
                .setResourceName(fields.string());
        int count = fields.count();
        List<AlterConfigsRequestData.AlterableConfig> configs = fields.list(count);
        for (int i = 0; i < count; i++) {
            configs.add(new AlterConfigsRequestData.AlterableConfig(in, version));
        }
        resource.setConfigs(fields.fill(
                new AlterConfigsRequestData.AlterableConfigCollection(KeyedFields.capacityFor(count)), configs));
        fields.tags(resource);
        return resource;
    }

    static IncrementalAlterConfigsRequestData incrementalAlterConfigs(ByteReader in, short version) {
        KeyedFields fields = new KeyedFields(in, version >= 1);
        int count = fields.count();
        List<IncrementalAlterConfigsRequestData.AlterConfigsResource> resources = fields.list(count);
        for (int i = 0; i < count; i++) {
            resources.add(incrementalAlterConfigsResource(in, version, fields));
        }
        IncrementalAlterConfigsRequestData request = new IncrementalAlterConfigsRequestData()
                .setResources(fields.fill(
                        new IncrementalAlterConfigsRequestData.AlterConfigsResourceCollection(
                                KeyedFields.capacityFor(count)),
                        resources))
                .setValidateOnly(fields.bool());
        fields.tags(request);
        return request;
    }

    private static IncrementalAlterConfigsRequestData.AlterConfigsResource incrementalAlterConfigsResource(
            ByteReader in, short version, KeyedFields fields) {
        IncrementalAlterConfigsRequestData.AlterConfigsResource resource =
                new IncrementalAlterConfigsRequestData.AlterConfigsResource()
                        .setResourceType(in.readByte())
                        .setResourceName(fields.string());
        int count = fields.count();
        List<IncrementalAlterConfigsRequestData.AlterableConfig> configs = fields.list(count);
        for (int i = 0; i < count; i++) {
            configs.add(new IncrementalAlterConfigsRequestData.AlterableConfig(in, version));
        }
        resource.setConfigs(fields.fill(
                new IncrementalAlterConfigsRequestData.AlterableConfigCollection(KeyedFields.capacityFor(count)),
                configs));
        fields.tags(resource);
        return resource;
    }

    static DescribeLogDirsRequestData describeLogDirs(ByteReader in, short version) {
        KeyedFields fields = new KeyedFields(in, version >= 2);
        DescribeLogDirsRequestData request = new DescribeLogDirsRequestData();
        int count = fields.nullableCount();
        if (count < 0) {
            request.setTopics(null);
        } else {
            List<DescribableLogDirTopic> topics = fields.list(count);
            for (int i = 0; i < count; i++) {
                topics.add(new DescribableLogDirTopic(in, version));
            }
            request.setTopics(
                    fields.fill(new DescribableLogDirTopicCollection(KeyedFields.capacityFor(count)), topics));
        }
        fields.tags(request);
        return request;
    }

    static DescribeProducersRequestData describeProducers(ByteReader in, short version) {
        KeyedFields fields = new KeyedFields(in, true);
        int count = fields.count();
        List<TopicRequest> topics = fields.list(count);
        for (int i = 0; i < count; i++) {
            topics.add(new TopicRequest(in, version));
        }
        DescribeProducersRequestData request = new DescribeProducersRequestData()
                .setTopics(fields.fill(new TopicRequestCollection(KeyedFields.capacityFor(count)), topics));
        fields.tags(request);
        return request;
    }

    static OffsetForLeaderEpochRequestData offsetForLeaderEpoch(ByteReader in, short version) {
        KeyedFields fields = new KeyedFields(in, version >= 4);
        OffsetForLeaderEpochRequestData request = new OffsetForLeaderEpochRequestData();
        if (version >= 3) {
            request.setReplicaId(in.readInt());
        }
        int count = fields.count();
        List<OffsetForLeaderTopic> topics = fields.list(count);
        for (int i = 0; i < count; i++) {
            topics.add(new OffsetForLeaderTopic(in, version));
        }
        request.setTopics(fields.fill(new OffsetForLeaderTopicCollection(KeyedFields.capacityFor(count)), topics));
        fields.tags(request);
        return request;
    }

    static JoinGroupRequestData joinGroup(ByteReader in, short version) {
        KeyedFields fields = new KeyedFields(in, version >= 6);
        JoinGroupRequestData request =
                new JoinGroupRequestData().setGroupId(fields.string()).setSessionTimeoutMs(in.readInt());
        if (version >= 1) {
            request.setRebalanceTimeoutMs(in.readInt());
        }
        request.setMemberId(fields.string());
        if (version >= 5) {
            request.setGroupInstanceId(fields.nullableString());
        }
        request.setProtocolType(fields.string());
        int count = fields.count();
        List<JoinGroupRequestProtocol> protocols = fields.list(count);
        for (int i = 0; i < count; i++) {
            protocols.add(new JoinGroupRequestProtocol(in, version));
        }
        request.setProtocols(
                fields.fill(new JoinGroupRequestProtocolCollection(KeyedFields.capacityFor(count)), protocols));
        if (version >= 8) {
            request.setReason(fields.nullableString());
        }
        fields.tags(request);
        return request;
    }

    /** Until version 3 one transaction, whose fields stand in the request itself. */
    static AddPartitionsToTxnRequestData addPartitionsToTxn(ByteReader in, short version) {
        KeyedFields fields = new KeyedFields(in, version >= 3);
        AddPartitionsToTxnRequestData request = new AddPartitionsToTxnRequestData();
        if (version <= 3) {
            request.setV3AndBelowTransactionalId(fields.string())
                    .setV3AndBelowProducerId(in.readLong())
                    .setV3AndBelowProducerEpoch(in.readShort())
                    .setV3AndBelowTopics(transactionTopics(in, version, fields));
        } else {
            int count = fields.count();
            List<AddPartitionsToTxnTransaction> transactions = fields.list(count);
            for (int i = 0; i < count; i++) {
                transactions.add(transaction(in, version, fields));
            }
            request.setTransactions(fields.fill(
                    new AddPartitionsToTxnTransactionCollection(KeyedFields.capacityFor(count)), transactions));
        }
        fields.tags(request);
        return request;
    }

    private static AddPartitionsToTxnTransaction transaction(ByteReader in, short version, KeyedFields fields) {
        AddPartitionsToTxnTransaction transaction = new AddPartitionsToTxnTransaction()
                .setTransactionalId(fields.string())
                .setProducerId(in.readLong())
                .setProducerEpoch(in.readShort())
                .setVerifyOnly(fields.bool())
                .setTopics(transactionTopics(in, version, fields));
        fields.tags(transaction);
        return transaction;
    }

    private static AddPartitionsToTxnTopicCollection transactionTopics(
            ByteReader in, short version, KeyedFields fields) {
        int count = fields.count();
        List<AddPartitionsToTxnTopic> topics = fields.list(count);
        for (int i = 0; i < count; i++) {
            topics.add(new AddPartitionsToTxnTopic(in, version));
        }
        return fields.fill(new AddPartitionsToTxnTopicCollection(KeyedFields.capacityFor(count)), topics);
    }

    static OffsetDeleteRequestData offsetDelete(ByteReader in, short version) {
        KeyedFields fields = new KeyedFields(in, false);
        OffsetDeleteRequestData request = new OffsetDeleteRequestData().setGroupId(fields.string());
        int count = fields.count();
        List<OffsetDeleteRequestTopic> topics = fields.list(count);
        for (int i = 0; i < count; i++) {
            topics.add(new OffsetDeleteRequestTopic(in, version));
        }
        request.setTopics(fields.fill(new OffsetDeleteRequestTopicCollection(KeyedFields.capacityFor(count)), topics));
        return request;
    }
}
