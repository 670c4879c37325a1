package io.headrace.broker;

import io.headrace.metadata.ActiveController;
import io.headrace.metadata.BrokerRegistration;
import io.headrace.metadata.ControllerEnv;
import io.headrace.metadata.ControllerEvent;
import io.headrace.metadata.ControllerSettings;
import io.headrace.metadata.Endpoint;
import io.headrace.metadata.LocalMetadataLog;
import io.headrace.metadata.MetadataLoad;
import io.headrace.metadata.config.BrokerConfig;
import io.headrace.metadata.config.ConfigLayers;
import io.headrace.ports.Disk;
import io.headrace.ports.Randomness;
import io.headrace.ports.Time;
import io.headrace.runtime.DirectoryLock;
import io.headrace.runtime.DiskThreads;
import io.headrace.runtime.Listener;
import io.headrace.runtime.MemoryBudget;
import io.headrace.runtime.NetworkSettings;
import io.headrace.runtime.NioDisk;
import io.headrace.runtime.Shard;
import io.headrace.runtime.ShardGroup;
import io.headrace.runtime.SystemRandomness;
import io.headrace.runtime.SystemTime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A broker of one node, wired and running. Started and closed on a thread that may wait; everything between happens on its
 * shards.
 */
public final class Broker implements AutoCloseable {

    private static final String LISTENER = "PLAINTEXT";
    private static final short PLAINTEXT = 0;

    private final BrokerConfig config;
    private final Resources resources;
    private final DataDirectory directory;
    private final ShardGroup shards;
    private final DiskThreads threads;
    private final Listener listener;
    private final Partitions partitions;
    private final Checkpoints checkpoints;
    private final LocalMetadataLog metadataLog;
    private final ActiveController controller;
    private final Recovery recovery;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Starts a broker and returns when it accepts connections.
     *
     * @param settings Kafka's keys, in which {@link io.headrace.metadata.config.BrokerConfigs#refusals} found nothing wrong
     * @throws IOException says in a sentence what is in the way: the port, the directory, or what is in it
     */
    public static Broker start(Map<String, String> settings) throws IOException {
        Rehearsal.begin();
        BrokerConfig config = BrokerConfig.of(settings);
        Path path = Path.of(config.logDir()).toAbsolutePath().normalize();
        Files.createDirectories(path);
        Resources resources = new Resources();
        try {
            resources.add(DirectoryLock.acquire(path));
            return new Broker(config, settings, path, resources);
        } catch (IOException | RuntimeException failure) {
            resources.close();
            throw failure;
        }
    }

    private Broker(BrokerConfig config, Map<String, String> settings, Path path, Resources resources)
            throws IOException {
        Disk disk = new NioDisk();
        Time time = new SystemTime();
        Randomness randomness = new SystemRandomness();
        this.config = config;
        this.resources = resources;
        this.directory = DataDirectory.open(disk, path, config.nodeId(), randomness);
        this.shards = resources.add(ShardGroup.start(shardCount(config)));
        this.threads = resources.add(
                new DiskThreads(io.headrace.runtime.Limits.DISK_THREADS, io.headrace.runtime.Limits.FLUSHER_THREADS));
        this.listener = resources.add(Listener.bind(shards, bindAddress(config), networkSettings(config)));
        ConfigLayers layers = ConfigLayers.ofFile(settings)
                .withComputed(Map.of("num.network.threads", Integer.toString(shards.size())));
        PublishedImage image = new PublishedImage();
        DeletedPartitions deleted = new DeletedPartitions(disk, directory, threads);
        PartitionFactory factory = new PartitionFactory(config, layers, image, disk, time, directory, deleted);
        this.partitions = new Partitions(shards, factory::make);
        factory.serve(shards, threads, new PartitionNews(partitions));
        this.checkpoints = new Checkpoints(shards, partitions, disk, path, threads.workFor(shard0()), image);
        checkpoints.remember(directory.recoveryPoints(), directory.logStartOffsets());
        TopicChanges changes = new TopicChanges(shards, partitions, factory, checkpoints, deleted);
        ControllerSettings controllerSettings = new ControllerSettings(
                config.nodeId(), config.numPartitions(), (short) 1, config.deleteTopicEnable(), layers);
        MetadataLoad load = LocalMetadataLog.loading(
                        disk, path, directory.meta().clusterId(), time)
                .run();
        this.metadataLog = new LocalMetadataLog(load, disk, path, threads.workFor(shard0()), time);
        for (String remark : load.remarks()) {
            BrokerLog.info(remark);
        }
        this.controller = new ActiveController(
                load.image(),
                metadataLog,
                new ControllerEnv(controllerSettings, randomness),
                new MetadataNews(image, changes));
        image.set(controller.image());
        factory.remember(LastRun.of(directory, controller.image()));
        deleted.sweep(shard0());
        register();
        Node node = new Node(
                config,
                layers,
                shards,
                image,
                partitions,
                checkpoints,
                controller,
                new LogDirs(disk, path, threads),
                listener.address().getPort(),
                randomness);
        this.recovery = new Recovery(node, shard0());
        Upkeep upkeep = new Upkeep(shards, partitions, checkpoints, node, metadataLog, config);
        shard0().post(() -> {
            upkeep.start();
            recovery.start(directory.cleanlyStopped());
        });
        listener.accept(requestMemory(config), _ -> new RequestRouter(node, LISTENER));
    }

    /** Tells the metadata who this broker is and where it is to be found. */
    private void register() throws IOException {
        BrokerRegistration registration = new BrokerRegistration(
                config.nodeId(),
                List.of(new Endpoint(LISTENER, advertisedHost(), advertisedPort(), PLAINTEXT)),
                null,
                List.of(directory.meta().directoryId()));
        await(control(new ControllerEvent.RegisterBroker(registration)));
        if (!config.acksAllDurable() && !directory.cleanlyStopped()) {
            await(control(new ControllerEvent.BeginLeaderEpochs(config.nodeId())));
        }
    }

    private <R> CompletableFuture<R> control(ControllerEvent<R> event) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        shard0().post(() -> controller.submit(event, new ActiveController.Reply<>() {
            @Override
            public void answered(R response) {
                answer.complete(response);
            }

            @Override
            public void failed(Exception cause) {
                answer.completeExceptionally(cause);
            }
        }));
        return answer;
    }

    private String advertisedHost() {
        String host = config.advertisedListener().host();
        return host.isEmpty() ? "localhost" : host;
    }

    private int advertisedPort() {
        int port = config.advertisedListener().port();
        return port == 0 ? listener.address().getPort() : port;
    }

    private Shard shard0() {
        return shards.shard(0);
    }

    private static <T> T await(CompletableFuture<T> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            throw new IOException(failure.getCause().getMessage(), failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    /** Where the broker listens. */
    public InetSocketAddress address() {
        return listener.address();
    }

    public Path dataDirectory() {
        return directory.path();
    }

    public String clusterId() {
        return directory.meta().clusterId();
    }

    /**
     * Stops cleanly: answers what is under way, and leaves the logs as the next start can believe them. Closing again does
     * nothing.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        listener.close();
        shards.drain(Limits.STOP_GRACE_MS);
        try {
            boolean clean = await(closePartitions());
            await(saveCheckpoints());
            await(closeMetadata());
            if (clean && recovery.complete()) {
                directory.markCleanStop();
            }
        } catch (IOException failure) {
            BrokerLog.error("the stop is not clean, the next start will look at the logs", failure);
        }
        resources.close();
    }

    private CompletableFuture<Boolean> closePartitions() {
        CompletableFuture<Boolean> allClosed = new CompletableFuture<>();
        shard0().post(() -> new LogClosing(shards, partitions, checkpoints, allClosed::complete).start());
        return allClosed;
    }

    private CompletableFuture<Void> saveCheckpoints() {
        CompletableFuture<Void> saved = new CompletableFuture<>();
        checkpoints.save(shard0(), () -> saved.complete(null), saved::completeExceptionally);
        return saved;
    }

    private CompletableFuture<Void> closeMetadata() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        shard0().post(() -> metadataLog.close(() -> done.complete(null)));
        return done;
    }

    private static int shardCount(BrokerConfig config) {
        return config.numNetworkThreads() > 0
                ? config.numNetworkThreads()
                : Runtime.getRuntime().availableProcessors();
    }

    private static InetSocketAddress bindAddress(BrokerConfig config) {
        String host = config.listener().host();
        return host.isEmpty()
                ? new InetSocketAddress(config.listener().port())
                : new InetSocketAddress(host, config.listener().port());
    }

    private static NetworkSettings networkSettings(BrokerConfig config) {
        return new NetworkSettings(
                config.socketRequestMaxBytes(),
                config.connectionsMaxIdleMs(),
                config.maxConnections(),
                config.maxConnectionsPerIp(),
                config.socketSendBufferBytes(),
                config.socketReceiveBufferBytes(),
                config.socketListenBacklogSize(),
                NetworkSettings.DEFAULT_FRAME_PROGRESS_MS);
    }

    private static MemoryBudget requestMemory(BrokerConfig config) {
        long bytes = config.queuedMaxRequestBytes();
        return new MemoryBudget(bytes > 0 ? bytes : Limits.REQUEST_BYTES);
    }
}
