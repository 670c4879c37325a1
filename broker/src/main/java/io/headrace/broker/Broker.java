package io.headrace.broker;

import io.headrace.broker.coordination.Coordinators;
import io.headrace.broker.coordination.GroupCoordinators;
import io.headrace.broker.coordination.GroupKind;
import io.headrace.broker.transaction.MarkerWriter;
import io.headrace.broker.transaction.TransactionCoordinators;
import io.headrace.broker.transaction.TransactionKind;
import io.headrace.log.LogIdentity;
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
import io.headrace.ports.DiskFault;
import io.headrace.ports.DiskWork;
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
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/**
 * A broker of one node, wired and running. Started and closed on a thread that may wait; everything between happens on its
 * shards.
 */
public final class Broker implements AutoCloseable {

    private static final String LISTENER = "PLAINTEXT";
    private static final short PLAINTEXT = 0;

    private final BrokerConfig config;
    private final BrokerBounds bounds;
    private final DirectoryLock lock;
    private final Resources resources;
    private final DataDirectory directory;
    private final ShardGroup shards;
    private final DiskThreads threads;
    private final Listener listener;
    private final Partitions partitions;
    private final Checkpoints checkpoints;
    private final LocalMetadataLog metadataLog;
    private final ActiveController controller;
    private final GroupCoordinators groups;
    private final TransactionCoordinators transactions;
    private final Node node;
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
        return start(settings, new NioDisk(), BrokerBounds.DEFAULT);
    }

    static Broker start(Map<String, String> settings, Disk disk, BrokerBounds bounds) throws IOException {
        BrokerConfig config = BrokerConfig.of(settings);
        Path path = DataDirectory.make(config.logDir());
        DirectoryLock lock = inDirectory(path, () -> DirectoryLock.acquire(path));
        Resources resources = new Resources();
        try {
            return new Broker(config, settings, path, disk, bounds, lock, resources);
        } catch (UncheckedIOException failure) {
            abandon(lock, resources);
            throw failure.getCause();
        } catch (IOException | RuntimeException failure) {
            abandon(lock, resources);
            throw failure;
        }
    }

    private static void abandon(DirectoryLock lock, Resources resources) throws IOException {
        resources.close();
        lock.close();
    }

    private Broker(
            BrokerConfig config,
            Map<String, String> settings,
            Path path,
            Disk disk,
            BrokerBounds bounds,
            DirectoryLock lock,
            Resources resources)
            throws IOException {
        Time time = new SystemTime();
        Randomness randomness = new SystemRandomness();
        this.config = config;
        this.bounds = bounds;
        this.lock = lock;
        this.resources = resources;
        this.directory = inDirectory(path, () -> DataDirectory.open(disk, path, config.nodeId(), randomness));
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
        this.checkpoints = new Checkpoints(shards, partitions, disk, path, threads.workFor(shard0()), image);
        checkpoints.remember(directory);
        CheckpointsByVolume byVolume =
                new CheckpointsByVolume(shards, partitions, checkpoints, bounds.checkpointBytes());
        factory.serve(shards, threads, new PartitionNews(partitions, byVolume));
        this.groups = groupCoordinators(config, image, time, randomness);
        this.transactions = transactionCoordinators(config, image, time, randomness);
        TopicChanges changes = new TopicChanges(shards, partitions, factory, checkpoints, deleted);
        ControllerSettings controllerSettings = new ControllerSettings(
                config.nodeId(), config.numPartitions(), (short) 1, config.deleteTopicEnable(), layers);
        MetadataLoad load = inDirectory(
                path, LocalMetadataLog.loading(disk, path, directory.meta().clusterId(), time));
        this.metadataLog = new LocalMetadataLog(load, disk, path, threads.workFor(shard0()), time);
        for (String remark : load.remarks()) {
            BrokerLog.info(remark);
        }
        this.controller = new ActiveController(
                load.image(),
                metadataLog,
                new ControllerEnv(controllerSettings, randomness),
                new MetadataNews(image, changes, groups, transactions));
        image.set(controller.image());
        factory.remember(LastRun.of(directory, controller.image()));
        deleted.sweep(shard0());
        inDirectory(path, () -> {
            directory.begin();
            register();
            return path;
        });
        this.node = new Node(
                config,
                layers,
                shards,
                image,
                partitions,
                checkpoints,
                controller,
                groups,
                transactions,
                new LogDirs(disk, path, threads),
                listener.address().getPort(),
                time,
                randomness);
        this.recovery = new Recovery(node, shard0());
        Upkeep upkeep = new Upkeep(shards, partitions, factory, time, checkpoints, node, metadataLog, config);
        UnopenedLogs unopened = new UnopenedLogs(node, shard0(), factory, time);
        Compactions compactions =
                new Compactions(shards, partitions, checkpoints, unopened, image, layers, config.nodeId());
        shard0().post(() -> {
            upkeep.start();
            compactions.start();
            recovery.start(directory.cleanlyStopped());
            restore(groups.all());
            restore(transactions.all());
        });
        listener.accept(requestMemory(config), _ -> new RequestRouter(node, LISTENER));
    }

    /** Coordinators that have left something on disk go on with it before anybody asks. */
    private void restore(Coordinators<?> coordinators) {
        String topic = coordinators.kind().topic().name();
        if (node.image().topic(topic) == null) {
            coordinators.restore(List.of());
            return;
        }
        node.logDirs()
                .partitionsOf(
                        shard0(),
                        topic,
                        node.image(),
                        coordinators::restore,
                        cause -> BrokerLog.error("the coordinators of " + topic + " could not be found", cause));
    }

    private TransactionCoordinators transactionCoordinators(
            BrokerConfig of, PublishedImage image, Time time, Randomness randomness) {
        MarkerWriter markers = new MarkerWriter(partitions, image, groups.all(), time);
        return new TransactionCoordinators(
                new Coordinators<>(
                        new TransactionKind(of.transactions(), markers, this::nextProducerId),
                        shards,
                        partitions,
                        image,
                        time,
                        randomness,
                        Broker::startedOver),
                markers);
    }

    private void nextProducerId(Shard home, LongConsumer given, Runnable failed) {
        node.nextProducerId(home, given, failed);
    }

    private static void startedOver(LogIdentity partition, String why) {
        BrokerLog.warn("the coordinator of " + partition + " starts over: " + why);
    }

    private GroupCoordinators groupCoordinators(
            BrokerConfig of, PublishedImage image, Time time, Randomness randomness) {
        return new GroupCoordinators(new Coordinators<>(
                new GroupKind(of.groups(), image), shards, partitions, image, time, randomness, Broker::startedOver));
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
            throw new IOException(DiskFault.inWords(failure.getCause()), failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    /** Does what needs the data directory, and lets a failure name it. */
    private static <T> T inDirectory(Path path, DiskWork.Task<T> task) throws IOException {
        try {
            return task.run();
        } catch (IOException failure) {
            String why = DiskFault.inWords(failure);
            throw why.contains(path.toString())
                    ? new IOException(why, failure)
                    : new IOException("the data directory " + path + " cannot be used: " + why, failure);
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
     * Stops cleanly: answers what is under way, and leaves the logs as the next start can believe them. A disk that hangs
     * makes the stop unclean, and does not keep it. Closing again does nothing.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        listener.close();
        transactions.all().stop();
        groups.all().stop();
        shards.drain(Limits.STOP_GRACE_MS);
        try {
            CleanStop stop = new CleanStop(shards, partitions, checkpoints, metadataLog, bounds.stopDiskMs());
            if (stop.run() && recovery.complete()) {
                directory.markCleanStop();
            }
        } catch (IOException failure) {
            BrokerLog.error("the stop is not clean, the next start will look at the logs", failure);
        }
        resources.close();
        unlock();
    }

    /** As long as anything may still write there, nobody else may: then the lock goes with the process. */
    private void unlock() {
        if (!threads.ended() || !shards.ended()) {
            BrokerLog.info(
                    "work on " + directory.path() + " is still under way; it stays locked until this process ends");
            return;
        }
        try {
            lock.close();
        } catch (IOException failure) {
            BrokerLog.warn("giving the lock on " + directory.path() + " free", failure);
        }
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
