package io.headrace.compat.differential;

import static io.headrace.compat.differential.Requests.createTopics;
import static io.headrace.compat.differential.Requests.topic;

import java.util.List;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.DescribeLogDirsRequestData;
import org.apache.kafka.common.message.DescribeLogDirsRequestData.DescribableLogDirTopic;
import org.apache.kafka.common.message.DescribeLogDirsRequestData.DescribableLogDirTopicCollection;
import org.apache.kafka.common.protocol.ApiKeys;

/** ApiVersions, DescribeCluster and DescribeLogDirs. */
final class ClusterChapter implements Chapter {

    @Override
    public void ask(Interview interview) throws Exception {
        apiVersions(interview);
        describeCluster(interview);
        describeLogDirs(interview);
    }

    private static void apiVersions(Interview interview) throws Exception {
        interview.askAtAllVersions("no client named", ApiKeys.API_VERSIONS, (_, _) -> new ApiVersionsRequestData());
        interview.askAtAllVersions("a client", ApiKeys.API_VERSIONS, (_, _) -> client("a-client.1", "1.0"));
        interview.askAtAllVersions("a bad name", ApiKeys.API_VERSIONS, (_, _) -> client("a client!", "1.0"));
        interview.askAtAllVersions("a bad version", ApiKeys.API_VERSIONS, (_, _) -> client("a-client", "-1"));
        interview.askAtAllVersions(
                "another cluster",
                ApiKeys.API_VERSIONS,
                (_, _) -> client("a-client", "1").setClusterId("another").setNodeId(1));
        interview.askAtAllVersions(
                "another cluster, no node",
                ApiKeys.API_VERSIONS,
                (_, _) -> client("a-client", "1").setClusterId("another"));
        interview.askAtAllVersions(
                "this node, no cluster",
                ApiKeys.API_VERSIONS,
                (_, _) -> client("a-client", "1").setNodeId(1));
    }

    private static ApiVersionsRequestData client(String name, String version) {
        return new ApiVersionsRequestData().setClientSoftwareName(name).setClientSoftwareVersion(version);
    }

    private static void describeCluster(Interview interview) throws Exception {
        interview.askAtAllVersions("brokers", ApiKeys.DESCRIBE_CLUSTER, (_, _) -> new DescribeClusterRequestData());
        interview.askAtAllVersions(
                "with operations",
                ApiKeys.DESCRIBE_CLUSTER,
                (_, _) -> new DescribeClusterRequestData().setIncludeClusterAuthorizedOperations(true));
        interview.askAtAllVersions(
                "with fenced brokers",
                ApiKeys.DESCRIBE_CLUSTER,
                (_, _) -> new DescribeClusterRequestData().setIncludeFencedBrokers(true));
        for (int type : new int[] {0, 2, 3, -1}) {
            interview.askAtAllVersions(
                    "endpoint type " + type,
                    ApiKeys.DESCRIBE_CLUSTER,
                    (_, _) -> new DescribeClusterRequestData().setEndpointType((byte) type));
        }
    }

    private static void describeLogDirs(Interview interview) throws Exception {
        interview.ask("prepare", ApiKeys.CREATE_TOPICS, (_, _) -> createTopics(topic("on-disk", 3, 1)));
        interview.askAtAllVersions(
                "one partition", ApiKeys.DESCRIBE_LOG_DIRS, (_, _) -> logDirs(partitions("on-disk", 1)));
        interview.askAtAllVersions(
                "several, some unknown",
                ApiKeys.DESCRIBE_LOG_DIRS,
                (_, _) -> logDirs(partitions("on-disk", 0, 2, 2, 9, -1), partitions("nowhere", 0)));
        interview.askAtAllVersions("no topic", ApiKeys.DESCRIBE_LOG_DIRS, (_, _) -> logDirs());
        interview.askAtAllVersions("no partition", ApiKeys.DESCRIBE_LOG_DIRS, (_, _) -> logDirs(partitions("on-disk")));
        interview.askAtAllVersions(
                "everything", ApiKeys.DESCRIBE_LOG_DIRS, (_, _) -> new DescribeLogDirsRequestData().setTopics(null));
    }

    private static DescribableLogDirTopic partitions(String topic, Integer... partitions) {
        return new DescribableLogDirTopic().setTopic(topic).setPartitions(List.of(partitions));
    }

    private static DescribeLogDirsRequestData logDirs(DescribableLogDirTopic... topics) {
        return new DescribeLogDirsRequestData()
                .setTopics(new DescribableLogDirTopicCollection(List.of(topics).iterator()));
    }
}
