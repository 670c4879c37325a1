package io.headrace.broker;

import io.headrace.broker.coordination.GroupCoordinators;
import io.headrace.broker.fetch.FetchSessions;
import io.headrace.broker.fetch.SessionSlots;
import io.headrace.broker.transaction.TransactionCoordinators;
import io.headrace.metadata.ActiveController;
import io.headrace.metadata.BrokerImage;
import io.headrace.metadata.ControllerEvent;
import io.headrace.metadata.Endpoint;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.config.BrokerConfig;
import io.headrace.metadata.config.ConfigLayers;
import io.headrace.ports.Randomness;
import io.headrace.ports.Time;
import io.headrace.runtime.Shard;
import io.headrace.runtime.ShardGroup;
import java.net.InetAddress;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * What the APIs may use of the broker that they run in, from any shard. The image is the last committed one; a client that
 * was answered by the controller finds its change in it, on every shard.
 */
public final class Node {

    private static final short PLAINTEXT = 0;

    private final BrokerConfig config;
    private final ConfigLayers configLayers;
    private final ShardGroup shards;
    private final PublishedImage image;
    private final Partitions partitions;
    private final Checkpoints checkpoints;
    private final ActiveController controller;
    private final GroupCoordinators groups;
    private final TransactionCoordinators transactions;
    private final ProducerIds producerIds;
    private final LogDirs logDirs;
    private final int port;
    private final Time time;
    private final Randomness randomness;
    private final SessionSlots sessionSlots;

    Node(
            BrokerConfig config,
            ConfigLayers configLayers,
            ShardGroup shards,
            PublishedImage image,
            Partitions partitions,
            Checkpoints checkpoints,
            ActiveController controller,
            GroupCoordinators groups,
            TransactionCoordinators transactions,
            LogDirs logDirs,
            int port,
            Time time,
            Randomness randomness) {
        this.config = config;
        this.configLayers = configLayers;
        this.shards = shards;
        this.image = image;
        this.partitions = partitions;
        this.checkpoints = checkpoints;
        this.controller = controller;
        this.groups = groups;
        this.transactions = transactions;
        this.producerIds = new ProducerIds(controller, config.nodeId());
        this.logDirs = logDirs;
        this.port = port;
        this.time = time;
        this.randomness = randomness;
        this.sessionSlots =
                new SessionSlots(config.maxIncrementalFetchSessionCacheSlots(), Limits.PARTITIONS_OF_FETCH_SESSIONS);
    }

    public int id() {
        return config.nodeId();
    }

    public BrokerConfig config() {
        return config;
    }

    /** What the file and the machine say; the image knows what was set at run time. */
    public ConfigLayers configLayers() {
        return configLayers;
    }

    public MetadataImage image() {
        return image.get();
    }

    public Partitions partitions() {
        return partitions;
    }

    public Checkpoints checkpoints() {
        return checkpoints;
    }

    public GroupCoordinators groups() {
        return groups;
    }

    public TransactionCoordinators transactions() {
        return transactions;
    }

    public LogDirs logDirs() {
        return logDirs;
    }

    public Time time() {
        return time;
    }

    /**
     * Where the client of the request can reach a broker, null if it cannot. Unless the configuration says what to
     * advertise, this broker is where the client has just found it.
     */
    public Endpoint endpointFor(Request request, BrokerImage broker) {
        boolean asFound =
                broker.id() == id() && config.advertisedListener().host().isEmpty();
        if (!asFound) {
            return broker.endpoint(request.listener());
        }
        InetAddress here = request.connection().localAddress().getAddress();
        String host = here.isLoopbackAddress() ? "localhost" : here.getHostAddress();
        return new Endpoint(request.listener(), host, port, PLAINTEXT);
    }

    FetchSessions newFetchSessions() {
        return new FetchSessions(randomness, sessionSlots);
    }

    /**
     * Hands the controller an event; the answer comes on the request's shard once it is durable. If that cannot be, the
     * client is hung up on, since nobody knows then what has happened.
     */
    public <R> void control(Request request, ControllerEvent<R> event, Consumer<R> answer) {
        Shard home = request.shard();
        shards.shard(0)
                .post(() -> controller.submit(event, new ActiveController.Reply<>() {
                    @Override
                    public void answered(R response) {
                        home.post(() -> answer.accept(response));
                    }

                    @Override
                    public void failed(Exception cause) {
                        home.post(() -> request.hangUp("the metadata log cannot be written: " + cause.getMessage()));
                    }
                }));
    }

    /** A producer id that nobody has had; either is called on the shard that asks. */
    public void nextProducerId(Shard home, LongConsumer given, Runnable failed) {
        shards.shard(0).post(() -> producerIds.next(id -> home.post(() -> given.accept(id)), () -> home.post(failed)));
    }
}
