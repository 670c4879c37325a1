package io.headrace.broker;

import io.headrace.log.LoadPoint;
import io.headrace.log.LogIdentity;
import io.headrace.log.OffsetCheckpoint;
import io.headrace.log.PartitionLog;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicImage;
import io.headrace.ports.Disk;
import io.headrace.ports.DiskWork;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import io.headrace.runtime.ShardGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;

/**
 * Keeps the recovery points, the log start offsets and how far logs have been compacted in Kafka's checkpoint files.
 * Belongs to shard 0. A round asks every shard for the offsets of its open logs and writes the files; who asks to be saved
 * while a round is under way is served by the next one, all of them together. A file that would say the same is not written
 * again.
 */
public final class Checkpoints {

    /** What is on record about one log; the files do not name the topic's id, so it is null in what was read from them. */
    private record Offsets(
            String topic, Uuid topicId, int partition, long recoveryPoint, long logStartOffset, long cleanedUpTo) {

        static Offsets none(OffsetCheckpoint.Entry of) {
            return new Offsets(of.topic(), null, of.partition(), 0, 0, LoadPoint.NEVER_CLEANED);
        }

        Offsets recoveryPoint(long offset) {
            return new Offsets(topic, topicId, partition, offset, logStartOffset, cleanedUpTo);
        }

        Offsets logStart(long offset) {
            return new Offsets(topic, topicId, partition, recoveryPoint, offset, cleanedUpTo);
        }

        Offsets cleanedUpTo(long offset) {
            return new Offsets(topic, topicId, partition, recoveryPoint, logStartOffset, offset);
        }

        static Offsets of(PartitionLog log) {
            LogIdentity id = log.identity();
            return new Offsets(
                    id.topic(),
                    id.topicId(),
                    id.partition(),
                    log.recoveryPoint(),
                    log.logStartOffset(),
                    log.cleanedUpTo());
        }

        OffsetCheckpoint.Entry entry(long offset) {
            return new OffsetCheckpoint.Entry(topic, partition, offset);
        }

        /** Whether it is still about a topic that exists, and not about an earlier one of the same name. */
        boolean isCurrent(MetadataImage image) {
            TopicImage now = image.topic(topic);
            return now != null && (topicId == null || topicId.equals(now.id()));
        }
    }

    /** What the files say, or are to say; null stands for a file of which that is not known. */
    private record Content(
            List<OffsetCheckpoint.Entry> recoveryPoints,
            List<OffsetCheckpoint.Entry> logStarts,
            List<OffsetCheckpoint.Entry> cleaned) {

        static final Content UNKNOWN = new Content(null, null, null);

        static Content of(Collection<Offsets> all) {
            Content content = new Content(new ArrayList<>(all.size()), new ArrayList<>(), new ArrayList<>());
            for (Offsets of : all) {
                content.recoveryPoints.add(of.entry(of.recoveryPoint()));
                if (of.logStartOffset() > 0) {
                    content.logStarts.add(of.entry(of.logStartOffset()));
                }
                if (of.cleanedUpTo() != LoadPoint.NEVER_CLEANED) {
                    content.cleaned.add(of.entry(of.cleanedUpTo()));
                }
            }
            return content;
        }
    }

    /** Who waits for a round, and on which shard it wants to hear. */
    private record Waiting(Shard home, Runnable saved, Consumer<Exception> failed) {}

    private final ShardGroup shards;
    private final Partitions partitions;
    private final Disk disk;
    private final Path directory;
    private final DiskWork work;
    private final Supplier<MetadataImage> image;
    private final Map<String, Offsets> known = new TreeMap<>();
    private List<Waiting> next = new ArrayList<>();
    private boolean saving;

    /** What this run has last written. */
    private Content saved = Content.UNKNOWN;

    Checkpoints(
            ShardGroup shards,
            Partitions partitions,
            Disk disk,
            Path directory,
            DiskWork work,
            Supplier<MetadataImage> image) {
        this.shards = shards;
        this.partitions = partitions;
        this.disk = disk;
        this.directory = directory;
        this.work = work;
        this.image = image;
    }

    /** What the last run left; before anything else, on any thread. */
    void remember(DataDirectory directory) {
        directory.recoveryPoints().forEach(entry -> remember(entry, Offsets::recoveryPoint));
        directory.logStartOffsets().forEach(entry -> remember(entry, Offsets::logStart));
        directory.cleanedOffsets().forEach(entry -> remember(entry, Offsets::cleanedUpTo));
    }

    private void remember(OffsetCheckpoint.Entry entry, BiFunction<Offsets, Long, Offsets> with) {
        String partition = entry.topic() + "-" + entry.partition();
        known.put(partition, with.apply(known.getOrDefault(partition, Offsets.none(entry)), entry.offset()));
    }

    /** Saves what holds now; {@code saved} or {@code failed} runs on the shard that asks, which must be the current one. */
    public void save(Shard home, Runnable saved, Consumer<Exception> failed) {
        Waiting waiting = new Waiting(home, saved, failed);
        shards.shard(0).post(() -> {
            next.add(waiting);
            startRound();
        });
    }

    /** The topic was deleted: another of the same name starts from nothing. On shard 0. */
    void forget(String topic) {
        known.values().removeIf(offsets -> offsets.topic().equals(topic));
    }

    /** The last offsets of a log that has been closed, for the last save. On shard 0. */
    void closed(PartitionLog log) {
        record(Offsets.of(log));
    }

    private void record(Offsets offsets) {
        known.put(offsets.topic() + "-" + offsets.partition(), offsets);
    }

    private void startRound() {
        if (saving || next.isEmpty()) {
            return;
        }
        saving = true;
        List<Waiting> served = next;
        next = new ArrayList<>();
        Round round = new Round(served, shards.size());
        for (int i = 0; i < shards.size(); i++) {
            Shard shard = shards.shard(i);
            shard.post(() -> {
                List<Offsets> open = openLogs(shard);
                shards.shard(0).post(() -> round.collected(open));
            });
        }
    }

    private List<Offsets> openLogs(Shard shard) {
        List<Offsets> open = new ArrayList<>();
        for (LeaderPartition partition : partitions.inUse(shard)) {
            PartitionLog log = partition.openLog();
            if (log != null) {
                open.add(Offsets.of(log));
            }
        }
        return open;
    }

    private final class Round {
        private final List<Waiting> served;
        private int outstanding;

        Round(List<Waiting> served, int shardCount) {
            this.served = served;
            this.outstanding = shardCount;
        }

        void collected(List<Offsets> open) {
            open.forEach(Checkpoints.this::record);
            if (--outstanding == 0) {
                write();
            }
        }

        private void write() {
            MetadataImage current = image.get();
            known.values().removeIf(offsets -> !offsets.isCurrent(current));
            Content content = Content.of(known.values());
            Content before = saved;
            if (content.equals(before)) {
                ended(null);
                return;
            }
            saved = Content.UNKNOWN;
            work.run(() -> writeFiles(content, before), new DiskWork.Outcome<>() {
                @Override
                public void done(Boolean written) {
                    saved = content;
                    ended(null);
                }

                @Override
                public void failed(Exception cause) {
                    ended(cause);
                }
            });
        }

        private void ended(Exception cause) {
            saving = false;
            for (Waiting waiting : served) {
                waiting.home()
                        .post(
                                cause == null
                                        ? waiting.saved()
                                        : () -> waiting.failed().accept(cause));
            }
            startRound();
        }
    }

    /** Log starts first: with the recovery point of a later time they would be missed, without it they only cost a scan. */
    private Boolean writeFiles(Content content, Content before) throws IOException {
        writeFile(OffsetCheckpoint.LOG_START_OFFSETS, content.logStarts(), before.logStarts());
        writeFile(OffsetCheckpoint.RECOVERY_POINTS, content.recoveryPoints(), before.recoveryPoints());
        if (!content.cleaned().isEmpty() || disk.exists(directory.resolve(OffsetCheckpoint.CLEANED))) {
            writeFile(OffsetCheckpoint.CLEANED, content.cleaned(), before.cleaned());
        }
        return true;
    }

    private void writeFile(String name, List<OffsetCheckpoint.Entry> entries, List<OffsetCheckpoint.Entry> before)
            throws IOException {
        if (!entries.equals(before)) {
            OffsetCheckpoint.write(disk, directory.resolve(name), entries);
        }
    }
}
