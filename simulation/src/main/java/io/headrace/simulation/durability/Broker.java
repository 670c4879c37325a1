package io.headrace.simulation.durability;

import io.headrace.log.AppendValidator;
import io.headrace.log.LoadPoint;
import io.headrace.log.LoadReport;
import io.headrace.log.LogIdentity;
import io.headrace.log.OffsetCheckpoint;
import io.headrace.log.PartitionLog;
import io.headrace.log.SyncFailed;
import io.headrace.ports.Disk;
import io.headrace.ports.DiskFile;
import io.headrace.ports.DiskWork;
import io.headrace.replication.LeaderPartition;
import io.headrace.replication.LogOpener;
import io.headrace.replication.PartitionEnv;
import io.headrace.replication.UnflushedBudget;
import io.headrace.simulation.SimulatedMachine;
import io.headrace.simulation.Trouble;
import io.headrace.simulation.Violation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One life of the broker process, from its start to a stop, a kill or a power loss: the partitions of one log directory, and
 * what stands around them in a real broker, checkpoints and the mark of a clean stop. Everything in it is lost with the life.
 */
final class Broker implements PartitionEnv.Events {

    static final Path DATA = Path.of("/data");

    private static final Path CLEAN = DATA.resolve(".kafka_cleanshutdown");
    private static final Path RECOVERY_POINTS = DATA.resolve(OffsetCheckpoint.RECOVERY_POINTS);
    private static final Path LOG_STARTS = DATA.resolve(OffsetCheckpoint.LOG_START_OFFSETS);

    private final SimulatedMachine machine;
    private final Disk disk;
    private final Plan plan;
    private final List<LeaderPartition> partitions = new ArrayList<>();
    private final Map<LogIdentity, Long> recoveryPoints = new LinkedHashMap<>();
    private final Map<LogIdentity, Long> logStarts = new LinkedHashMap<>();
    private boolean clean;
    private boolean directoryFailed;
    private long flushedBytes;
    private boolean checkpointing;
    private Runnable afterCheckpoint;
    private int closing;
    private boolean stopped;

    Broker(SimulatedMachine machine, Plan plan) {
        this.machine = machine;
        this.plan = plan;
        this.disk = machine.disk();
    }

    // ---- start

    /** Reads what the last life left on record. */
    void start() throws IOException {
        disk.createDirectories(DATA);
        disk.syncDirectory(DATA.getParent());
        clean = disk.exists(CLEAN);
        if (clean) {
            disk.delete(CLEAN);
            disk.syncDirectory(DATA);
        }
        for (OffsetCheckpoint.Entry entry : OffsetCheckpoint.read(disk, RECOVERY_POINTS)) {
            recoveryPoints.put(plan.identity(entry.partition()), entry.offset());
        }
        for (OffsetCheckpoint.Entry entry : OffsetCheckpoint.read(disk, LOG_STARTS)) {
            logStarts.put(plan.identity(entry.partition()), entry.offset());
        }
        AppendValidator validator = new AppendValidator();
        UnflushedBudget budget = new UnflushedBudget(plan.unflushedBytesAtMost());
        PartitionEnv env = new PartitionEnv(machine.work(), machine.time(), plan.visibility(), validator, budget, this);
        for (int i = 0; i < plan.partitions(); i++) {
            LogIdentity id = plan.identity(i);
            partitions.add(new LeaderPartition(id, plan.config(), 0, new Opener(id), env));
        }
    }

    LeaderPartition partition(int index) {
        return partitions.get(index);
    }

    List<LeaderPartition> partitions() {
        return partitions;
    }

    /** An fsync failed, or a partition could not be opened: a real broker is started again by its operator. */
    boolean needsRestart() {
        if (directoryFailed) {
            return true;
        }
        for (LeaderPartition partition : partitions) {
            if (partition.offlineReason() != null) {
                return true;
            }
        }
        return false;
    }

    /** Opens the log of one partition, on a disk thread, and sees to it that what is cut off is told. */
    private final class Opener implements LogOpener {
        private final LogIdentity id;
        private final Path directory;
        private final LoadPoint onRecord;

        Opener(LogIdentity id) {
            this.id = id;
            this.directory = DATA.resolve(id.directoryName());
            this.onRecord = new LoadPoint(recoveryPoints.getOrDefault(id, 0L), logStarts.getOrDefault(id, 0L), clean);
        }

        @Override
        public PartitionLog open() throws IOException {
            if (!disk.exists(directory)) {
                return PartitionLog.create(disk, directory, id, plan.config(), machine.time());
            }
            return load(onRecord);
        }

        @Override
        public PartitionLog reopen(LoadPoint from) throws IOException {
            return load(from);
        }

        private PartitionLog load(LoadPoint point) throws IOException {
            long bytesBefore = segmentBytes();
            PartitionLog log = PartitionLog.load(disk, directory, id, plan.config(), machine.time(), point);
            LoadReport report = log.loadReport();
            long bytesLost = bytesBefore - segmentBytes();
            machine.trace().event("loaded", id.directoryName(), log.logEndOffset(), bytesLost);
            Violation.unless(
                    bytesLost <= 0 || report.bytesTruncated() > 0 || report.segmentsDropped() > 0,
                    id + ": loading cut off " + bytesLost + " bytes and reported: " + report.describe());
            Violation.unless(
                    bytesLost > 0 || report.bytesTruncated() == 0,
                    id + ": loading cut off nothing and reported: " + report.describe());
            Violation.unless(
                    !point.clean() || report.isEmpty(),
                    id + " had been closed cleanly, but loading it reported: " + report.describe());
            return log;
        }

        private long segmentBytes() throws IOException {
            long bytes = 0;
            for (String name : disk.list(directory)) {
                if (name.endsWith(".log")) {
                    try (DiskFile file = disk.open(directory.resolve(name))) {
                        bytes += file.size();
                    }
                }
            }
            return bytes;
        }
    }

    // ---- upkeep

    /** What a broker does from time to time: lets the recovery points follow, and writes them and the log starts down. */
    void checkpoint() {
        for (LeaderPartition partition : partitions) {
            partition.checkpoint();
        }
        writeCheckpoints();
    }

    private void writeCheckpoints() {
        if (!checkpointing) {
            checkpointing = true;
            machine.work().run(checkpointFiles(), new Finished("checkpoint", this::checkpointed));
        }
    }

    private void checkpointed() {
        checkpointing = false;
        if (afterCheckpoint != null) {
            afterCheckpoint.run();
        }
    }

    /** The offsets as they are now; written by a disk thread later. */
    private DiskWork.Task<Boolean> checkpointFiles() {
        for (LeaderPartition partition : partitions) {
            PartitionLog log = partition.openLog();
            if (log != null) {
                recoveryPoints.put(partition.id(), log.recoveryPoint());
                logStarts.put(partition.id(), log.logStartOffset());
            }
        }
        List<OffsetCheckpoint.Entry> points = entries(recoveryPoints);
        List<OffsetCheckpoint.Entry> starts = entries(logStarts);
        return () -> {
            OffsetCheckpoint.write(disk, RECOVERY_POINTS, points);
            OffsetCheckpoint.write(disk, LOG_STARTS, starts);
            return true;
        };
    }

    private static List<OffsetCheckpoint.Entry> entries(Map<LogIdentity, Long> offsets) {
        List<OffsetCheckpoint.Entry> entries = new ArrayList<>();
        offsets.forEach((id, offset) -> entries.add(new OffsetCheckpoint.Entry(id.topic(), id.partition(), offset)));
        return entries;
    }

    // ---- stop

    /** Closes every log and, if all went well, leaves the mark of a clean stop. */
    void stop() {
        closing = partitions.size();
        boolean[] allClean = {true};
        for (LeaderPartition partition : List.copyOf(partitions)) {
            partition.close((closedCleanly, log) -> {
                allClean[0] &= closedCleanly;
                if (closedCleanly && log != null) {
                    recoveryPoints.put(partition.id(), log.recoveryPoint());
                    logStarts.put(partition.id(), log.logStartOffset());
                }
                if (--closing == 0) {
                    leave(allClean[0]);
                }
            });
        }
    }

    private void leave(boolean cleanly) {
        if (!cleanly) {
            stopped = true;
            return;
        }
        if (checkpointing) {
            afterCheckpoint = () -> leave(true);
            return;
        }
        checkpointing = true;
        DiskWork.Task<Boolean> offsets = checkpointFiles();
        machine.work()
                .run(
                        () -> {
                            offsets.run();
                            disk.create(CLEAN).close();
                            disk.syncDirectory(DATA);
                            return true;
                        },
                        new Finished("stop", () -> stopped = true));
    }

    boolean isStopped() {
        return stopped;
    }

    // ---- what the partitions tell

    @Override
    public void opened(LogIdentity id, LoadReport report) {
        machine.trace().event("opened", id.directoryName(), report.logEndOffset(), report.bytesTruncated());
    }

    /** As in a real broker, much that has been flushed is a reason for a checkpoint. */
    @Override
    public void flushed(LogIdentity id, long bytes) {
        flushedBytes += bytes;
        if (flushedBytes >= plan.checkpointBytes()) {
            flushedBytes = 0;
            partitions.get(id.partition()).checkpoint(this::writeCheckpoints);
        }
    }

    @Override
    public void startedOver(LogIdentity id, Exception cause) {
        expected(
                id + " started over",
                cause,
                plan.trouble().failsWrites() || machine.disk().isReadOnly());
    }

    @Override
    public void notOpened(LogIdentity id, Exception cause) {
        expected(id + " could not be opened", cause, plan.trouble() != Trouble.NONE);
    }

    @Override
    public void notRead(LogIdentity id, Exception cause) {
        expected("a read of " + id + " failed", cause, plan.trouble() != Trouble.NONE);
    }

    @Override
    public void notCompacted(LogIdentity id, Exception cause) {
        expected(id + " was not compacted", cause, plan.trouble() != Trouble.NONE);
    }

    @Override
    public void offline(LogIdentity id, Exception cause) {
        expected(id + " went offline", cause, cause instanceof SyncFailed && plan.trouble() == Trouble.FAILING_SYNCS);
    }

    @Override
    public void directoryFailed(LogIdentity id, Exception cause) {
        directoryFailed = true;
    }

    private void expected(String what, Exception cause, boolean isExpected) {
        machine.trace().event(what, cause.toString(), 0, 0);
        if (!isExpected || !Trouble.isInjected(cause)) {
            throw (Violation) new Violation(what + " without a reason: " + cause).initCause(cause);
        }
    }

    /** Work whose failure is told by the disk's faults alone. */
    private final class Finished implements DiskWork.Outcome<Boolean> {
        private final String what;
        private final Runnable then;

        Finished(String what, Runnable then) {
            this.what = what;
            this.then = then;
        }

        @Override
        public void done(Boolean result) {
            then.run();
        }

        @Override
        public void failed(Exception cause) {
            expected("a " + what + " failed", cause, plan.trouble() != Trouble.NONE);
            then.run();
        }
    }
}
