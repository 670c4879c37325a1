package io.headrace.metadata.config;

import static io.headrace.metadata.config.FileValues.flag;
import static io.headrace.metadata.config.FileValues.number;
import static io.headrace.metadata.config.FileValues.text;
import static io.headrace.metadata.config.FileValues.whole;

import java.util.Collections;
import java.util.Map;

/**
 * The broker's honoured keys that are read at start, typed and named after them. It is made from a file that
 * {@link BrokerConfigs#refusals} found nothing wrong with, and does not read the catalogue.
 *
 * @param advertisedListener what clients are told; the same as {@code listener} unless set
 * @param logDir {@code log.dirs}, or else {@code log.dir}
 * @param numNetworkThreads number of shards; 0 is one for each processor
 * @param socketSendBufferBytes -1 leaves it to the operating system
 * @param socketReceiveBufferBytes -1 leaves it to the operating system
 * @param queuedMaxRequestBytes -1 leaves it to the broker
 * @param connectionsMaxIdleMs a negative number is for ever
 * @param acksAllDurable whether {@code acks.all} is {@code durable}: acks=all is answered after the flush
 * @param groups the keys of the group coordinator
 * @param transactions the keys of the transaction coordinator
 */
public record BrokerConfig(
        int nodeId,
        Listener listener,
        Listener advertisedListener,
        String logDir,
        boolean acksAllDurable,
        int numPartitions,
        boolean autoCreateTopicsEnable,
        boolean deleteTopicEnable,
        int numNetworkThreads,
        int socketRequestMaxBytes,
        int socketListenBacklogSize,
        int socketSendBufferBytes,
        int socketReceiveBufferBytes,
        long queuedMaxRequestBytes,
        long connectionsMaxIdleMs,
        int maxConnections,
        int maxConnectionsPerIp,
        int fetchMaxBytes,
        int maxIncrementalFetchSessionCacheSlots,
        int maxRequestPartitionSizeLimit,
        int producerIdExpirationMs,
        long logRetentionCheckIntervalMs,
        int logFlushOffsetCheckpointIntervalMs,
        GroupConfig groups,
        TransactionConfig transactions) {

    /** What holds when nothing was set. */
    public static final BrokerConfig DEFAULTS = of(Collections.emptyMap());

    public static BrokerConfig of(Map<String, String> file) {
        String controllers = text(file, "controller.listener.names", "");
        Listener listener = Listener.ofClients(text(file, "listeners", "PLAINTEXT://:9092"), controllers);
        String advertised = text(file, "advertised.listeners", null);
        return new BrokerConfig(
                whole(file, "node.id", whole(file, "broker.id", 1)),
                listener,
                advertised == null ? listener : Listener.ofClients(advertised, controllers),
                text(file, "log.dirs", text(file, "log.dir", "data")),
                text(file, "acks.all", "durable").equals("durable"),
                whole(file, "num.partitions", 1),
                flag(file, "auto.create.topics.enable", true),
                flag(file, "delete.topic.enable", true),
                whole(file, "num.network.threads", 0),
                whole(file, "socket.request.max.bytes", 104_857_600),
                whole(file, "socket.listen.backlog.size", 50),
                whole(file, "socket.send.buffer.bytes", 102_400),
                whole(file, "socket.receive.buffer.bytes", -1),
                number(file, "queued.max.request.bytes", -1),
                number(file, "connections.max.idle.ms", 600_000),
                whole(file, "max.connections", Integer.MAX_VALUE),
                whole(file, "max.connections.per.ip", Integer.MAX_VALUE),
                whole(file, "fetch.max.bytes", 57_671_680),
                whole(file, "max.incremental.fetch.session.cache.slots", 1_000),
                whole(file, "max.request.partition.size.limit", 2_000),
                whole(file, "producer.id.expiration.ms", 86_400_000),
                number(file, "log.retention.check.interval.ms", 300_000),
                whole(file, "log.flush.offset.checkpoint.interval.ms", 60_000),
                GroupConfig.of(file),
                TransactionConfig.of(file));
    }
}
