package io.headrace.broker.coordination;

import io.headrace.log.AppendValidator;
import io.headrace.log.LoadPoint;
import io.headrace.log.LoadReport;
import io.headrace.log.LogConfig;
import io.headrace.log.LogIdentity;
import io.headrace.log.PartitionLog;
import io.headrace.ports.Disk;
import io.headrace.ports.Time;
import io.headrace.replication.LeaderPartition;
import io.headrace.replication.LogOpener;
import io.headrace.replication.PartitionEnv;
import io.headrace.replication.UnflushedBudget;
import io.headrace.replication.Visibility;
import io.headrace.runtime.DiskThreads;
import io.headrace.runtime.NioDisk;
import io.headrace.runtime.Shard;
import io.headrace.runtime.ShardGroup;
import io.headrace.runtime.SystemRandomness;
import io.headrace.runtime.SystemTime;
import io.headrace.wire.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.protocol.ApiMessage;

/** One host on a shard of its own, over a partition in a directory, on real disk threads. */
final class HostRig implements AutoCloseable {

    static final LogIdentity PARTITION = new LogIdentity("notes", new Uuid(1, 2), 0);

    final Notes.Kind kind;

    private final ShardGroup shards = ShardGroup.start(1);
    private final DiskThreads threads = new DiskThreads(2, 1);
    private final LeaderPartition partition;
    private final CoordinatorHost<Notes.Event> host;

    private HostRig(Path directory, LogConfig config, Notes.Kind kind, Disk disk, CountDownLatch openingMay) {
        this.kind = kind;
        Time time = new SystemTime();
        Shard shard = shards.shard(0);
        Path path = directory.resolve(PARTITION.toString());
        LogOpener opener = new LogOpener() {
            @Override
            public PartitionLog open() throws IOException {
                await(openingMay);
                return disk.exists(path)
                        ? PartitionLog.load(disk, path, PARTITION, config, time, LoadPoint.UNKNOWN)
                        : PartitionLog.create(disk, path, PARTITION, config, time);
            }

            @Override
            public PartitionLog reopen(LoadPoint from) throws IOException {
                return PartitionLog.load(disk, path, PARTITION, config, time, from);
            }
        };
        PartitionEnv env = new PartitionEnv(
                threads.workFor(shard),
                time,
                Visibility.DURABLE,
                new AppendValidator(),
                new UnflushedBudget(Long.MAX_VALUE),
                new Silence());
        partition = new LeaderPartition(PARTITION, config, 0, opener, env);
        HostEnv hostEnv = new HostEnv(shard, time, new SystemRandomness(), () -> null, (_, _) -> {});
        host = new CoordinatorHost<>(kind, partition, hostEnv);
    }

    static HostRig over(Path directory) {
        return over(directory, 1 << 20);
    }

    /** @param loadBytes bytes that are read at a time */
    static HostRig over(Path directory, int loadBytes) {
        return new HostRig(
                directory, LogConfig.defaults(), new Notes.Kind(loadBytes), new NioDisk(), new CountDownLatch(0));
    }

    static HostRig over(Path directory, LogConfig config) {
        return new HostRig(directory, config, new Notes.Kind(1 << 20), new NioDisk(), new CountDownLatch(0));
    }

    static HostRig over(Path directory, Disk disk) {
        return new HostRig(directory, LogConfig.defaults(), new Notes.Kind(1 << 20), disk, new CountDownLatch(0));
    }

    /** The log is opened when the latch says so. */
    static HostRig over(Path directory, CountDownLatch openingMay) {
        return new HostRig(directory, LogConfig.defaults(), new Notes.Kind(1 << 20), new NioDisk(), openingMay);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What became of a question: how many notes there were, or why nobody says. */
    record Outcome(int notes, ErrorCode error) {

        static Outcome refused(ErrorCode error) {
            return new Outcome(-1, error);
        }
    }

    CompletableFuture<Outcome> ask(LongFunction<Notes.Event> event) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Asker asker = new Asker() {
            @Override
            public void answered(ApiMessage response) {
                outcome.complete(new Outcome(((HeartbeatResponseData) response).throttleTimeMs(), ErrorCode.NONE));
            }

            @Override
            public void refused(ErrorCode error) {
                outcome.complete(Outcome.refused(error));
            }
        };
        shards.shard(0).post(() -> host.submit(event, asker));
        return outcome;
    }

    Outcome askNow(LongFunction<Notes.Event> event) throws Exception {
        return ask(event).get(20, TimeUnit.SECONDS);
    }

    /** Comes back when the coordinator answers, however busy the machine is. */
    HostRig loaded() throws Exception {
        Outcome outcome;
        do {
            outcome = askNow(Notes.Event.Ring::new);
        } while (outcome.error() == ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
        return this;
    }

    void stop() {
        shards.shard(0).post(host::stop);
    }

    /** The next rig finds the log as after a clean stop. */
    @Override
    public void close() {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        shards.shard(0).post(() -> {
            host.stop();
            partition.close((clean, _) -> closed.complete(clean));
        });
        closed.orTimeout(20, TimeUnit.SECONDS).join();
        shards.close();
        threads.close();
    }

    private static final class Silence implements PartitionEnv.Events {
        @Override
        public void opened(LogIdentity id, LoadReport report) {}

        @Override
        public void startedOver(LogIdentity id, Exception cause) {}

        @Override
        public void notOpened(LogIdentity id, Exception cause) {}

        @Override
        public void flushed(LogIdentity id, long bytes) {}

        @Override
        public void notRead(LogIdentity id, Exception cause) {}

        @Override
        public void notCompacted(LogIdentity id, Exception cause) {}

        @Override
        public void offline(LogIdentity id, Exception cause) {}

        @Override
        public void directoryFailed(LogIdentity id, Exception cause) {}
    }
}
