package io.headrace.compat.tools;

import java.util.Locale;

/** Kafka's tools, by the names of their scripts without {@code kafka-}. */
enum Tool {
    TOPICS("org.apache.kafka.tools.TopicCommand"),
    CONFIGS("kafka.admin.ConfigCommand"),
    CONSUMER_GROUPS("org.apache.kafka.tools.consumer.group.ConsumerGroupCommand"),
    GROUPS("org.apache.kafka.tools.GroupsCommand"),
    DELETE_RECORDS("org.apache.kafka.tools.DeleteRecordsCommand"),
    GET_OFFSETS("org.apache.kafka.tools.GetOffsetShell"),
    LOG_DIRS("org.apache.kafka.tools.LogDirsCommand"),
    TRANSACTIONS("org.apache.kafka.tools.TransactionsCommand"),
    FEATURES("org.apache.kafka.tools.FeatureCommand"),
    BROKER_API_VERSIONS("org.apache.kafka.tools.BrokerApiVersionsCommand"),
    LEADER_ELECTION("org.apache.kafka.tools.LeaderElectionCommand"),
    REASSIGN_PARTITIONS("org.apache.kafka.tools.reassign.ReassignPartitionsCommand"),
    METADATA_QUORUM("org.apache.kafka.tools.MetadataQuorumCommand");

    private final String mainClass;

    Tool(String mainClass) {
        this.mainClass = mainClass;
    }

    String mainClass() {
        return mainClass;
    }

    static Tool named(String script) {
        return valueOf(script.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
