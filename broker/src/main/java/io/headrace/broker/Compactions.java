package io.headrace.broker;

import io.headrace.log.CompactionMemory;
import io.headrace.log.CompactionNeed;
import io.headrace.log.PartitionLog;
import io.headrace.metadata.config.CleanerConfig;
import io.headrace.metadata.config.ConfigLayers;
import io.headrace.replication.CompactionStep;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import io.headrace.runtime.ShardGroup;
import java.util.ArrayList;
import java.util.List;

/**
 * Compacts the logs, one at a time and the dirtiest first, those that nobody has opened after the others, no faster than {@code log.cleaner.io.max.bytes.per.second}. Belongs to
 * shard 0; the steps of a compaction are asked for on the shard that owns the partition.
 */
final class Compactions {

    /** A log that is due, and what it has to be compacted for. */
    private record Candidate(LeaderPartition partition, Shard shard, long upToOffset, double dirtyRatio) {}

    private final ShardGroup shards;
    private final Partitions partitions;
    private final Checkpoints checkpoints;
    private final UnopenedLogs unopened;
    private final PublishedImage image;
    private final ConfigLayers layers;
    private final int nodeId;

    /** Tried in vain since there was last nothing else to do. */
    private final List<LeaderPartition> givenUp = new ArrayList<>();

    Compactions(
            ShardGroup shards,
            Partitions partitions,
            Checkpoints checkpoints,
            UnopenedLogs unopened,
            PublishedImage image,
            ConfigLayers layers,
            int nodeId) {
        this.shards = shards;
        this.partitions = partitions;
        this.checkpoints = checkpoints;
        this.unopened = unopened;
        this.image = image;
        this.layers = layers;
        this.nodeId = nodeId;
    }

    /** On shard 0. */
    void start() {
        if (settings().enable()) {
            unopened.searchAfter(settings().backoffMs());
            lookLater();
        }
    }

    private CleanerConfig settings() {
        return CleanerConfig.of(image.get().layersOf(nodeId, layers));
    }

    private Shard home() {
        return shards.shard(0);
    }

    private void lookLater() {
        givenUp.clear();
        home().schedule(settings().backoffMs(), this::look);
    }

    // ---- choosing

    private void look() {
        Search search = new Search(shards.size());
        for (int i = 0; i < shards.size(); i++) {
            Shard shard = shards.shard(i);
            shard.post(() -> {
                List<Candidate> due = candidates(shard);
                home().post(() -> search.found(due));
            });
        }
    }

    /** A log whose recovery point has still to follow is a candidate the next time. */
    private List<Candidate> candidates(Shard shard) {
        List<Candidate> due = new ArrayList<>();
        for (LeaderPartition partition : partitions.inUse(shard)) {
            PartitionLog log = partition.openLog();
            CompactionNeed need = partition.compactionNeed();
            if (log != null && need.due()) {
                if (need.durable()) {
                    due.add(new Candidate(partition, shard, log.recoveryPoint(), need.dirtyRatio()));
                } else {
                    partition.checkpoint();
                }
            }
        }
        return due;
    }

    private final class Search {
        private final List<Candidate> candidates = new ArrayList<>();
        private int outstanding;

        Search(int shardCount) {
            outstanding = shardCount;
        }

        void found(List<Candidate> due) {
            candidates.addAll(due);
            if (--outstanding == 0) {
                candidates.removeIf(candidate -> givenUp.contains(candidate.partition()));
                choose();
            }
        }

        private void choose() {
            if (candidates.isEmpty()) {
                if (!unopened.openOne(Compactions.this::look)) {
                    lookLater();
                }
                return;
            }
            Candidate dirtiest = candidates.getFirst();
            for (Candidate candidate : candidates) {
                dirtiest = candidate.dirtyRatio() > dirtiest.dirtyRatio() ? candidate : dirtiest;
            }
            begin(dirtiest);
        }
    }

    // ---- compacting

    /** The recovery point is on disk before anything is taken out below it: only there a restart expects gaps. */
    private void begin(Candidate candidate) {
        checkpoints.save(
                home(),
                () -> {
                    CleanerConfig settings = settings();
                    long bytes = Math.min(
                            settings.dedupeBufferSize(),
                            Runtime.getRuntime().maxMemory() / Limits.COMPACTION_HEAP_SHARE);
                    CompactionMemory memory = new CompactionMemory(bytes, settings.loadFactor());
                    candidate.shard().post(() -> step(candidate, memory));
                },
                cause -> {
                    BrokerLog.warn("the checkpoints could not be written, nothing is compacted", cause);
                    lookLater();
                });
    }

    private void step(Candidate candidate, CompactionMemory memory) {
        candidate.partition().compact(candidate.upToOffset(), memory, step -> {
            switch (step.state()) {
                case GOING_ON -> candidate.shard().schedule(pauseMs(step), () -> step(candidate, memory));
                case FINISHED -> home().post(this::finished);
                case GIVEN_UP -> home().post(() -> givenUp(candidate));
            }
        });
    }

    /** So long that the step keeps to the rate. */
    private long pauseMs(CompactionStep step) {
        double ms = step.bytes() * 1_000.0 / settings().ioMaxBytesPerSecond();
        return ms >= 0 ? (long) Math.min(ms, Limits.COMPACTION_PAUSE_MAX_MS) : Limits.COMPACTION_PAUSE_MAX_MS;
    }

    private void finished() {
        checkpoints.save(home(), this::look, cause -> {
            BrokerLog.warn("how far logs have been compacted could not be written", cause);
            lookLater();
        });
    }

    private void givenUp(Candidate candidate) {
        givenUp.add(candidate.partition());
        look();
    }
}
