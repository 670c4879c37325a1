package io.headrace.broker.fetch;

import io.headrace.broker.ConnectionState;
import io.headrace.broker.OwnedSlice;
import io.headrace.broker.PartitionRef;
import io.headrace.broker.Partitions;
import io.headrace.broker.Scatter;
import io.headrace.replication.Isolation;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import io.headrace.runtime.Timer;
import io.headrace.wire.ErrorCode;
import io.headrace.wire.NoRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;

/**
 * A fetch from its first read to its answer. Run by the shard of its connection. It reads all partitions on their shards;
 * while they hold fewer than the wanted bytes it leaves a watcher at each of them, and reads again when one is woken, until
 * there is enough, something is wrong, or the time is up.
 *
 * <pre>
 * reading --enough, an error, or time is up--> answered
 *    ^ |--too little--> watching --time is up--> reading for the last time
 *    '----- woken ---------'
 * </pre>
 */
final class PendingFetch implements ConnectionState.Parked {

    /** One partition of the fetch. The reference is null where the request named a partition that does not exist. */
    record Target(FetchPosition position, PartitionRef ref, ErrorCode unknown) {}

    /** What is asked for, in the protocol's units. */
    record Wanted(int minBytes, int maxBytes, int maxWaitMs, Isolation isolation) {}

    /** Whoever wants no byte at all is still given one batch, as by Kafka: else it would never come further. */
    static final int LEAST_BYTES = 1;

    private final Shard shard;
    private final Partitions partitions;
    private final List<Target> targets;
    private final List<Target> known = new ArrayList<>();
    private final List<PartitionRef> refs = new ArrayList<>();
    private final Wanted wanted;
    private final PartitionReader reader;
    private final Consumer<List<PartitionData>> whenDone;
    private List<Watch> watches = List.of();
    private Allowance[] allowances = {};
    private Timer deadline;
    private int round;
    private boolean timeIsUp;
    private boolean reading;
    private boolean wokenMeanwhile;
    private boolean ended;

    /** The answers are given in the order of the targets. */
    PendingFetch(
            Shard shard,
            Partitions partitions,
            List<Target> targets,
            Wanted wanted,
            Consumer<List<PartitionData>> whenDone) {
        this.shard = shard;
        this.partitions = partitions;
        this.targets = targets;
        this.wanted = wanted;
        this.reader = new PartitionReader(partitions, wanted.isolation());
        this.whenDone = whenDone;
        for (Target target : targets) {
            if (target.ref() != null) {
                known.add(target);
                refs.add(target.ref());
            }
        }
    }

    void start() {
        if (wanted.maxWaitMs() <= 0) {
            timeIsUp = true;
        }
        read();
    }

    @Override
    public void hurry() {
        if (deadline != null) {
            deadline.cancel();
        }
        timeIsUp();
    }

    /** What was read is given back and nobody is answered. */
    @Override
    public void cancel() {
        ended = true;
        stopWaiting();
    }

    private void read() {
        reading = true;
        wokenMeanwhile = false;
        allowances = new Allowance[partitions.shardCount()];
        Allowance[] ofRound = allowances;
        Scatter.ask(
                partitions,
                shard,
                refs,
                (index, partition, answer) -> {
                    int owner = partitions.shardOf(refs.get(index)).index();
                    if (ofRound[owner] == null) {
                        ofRound[owner] = new Allowance(Math.max(LEAST_BYTES, wanted.maxBytes()));
                    }
                    reader.read(known.get(index).position().wanted(), partition, ofRound[owner], answer);
                },
                this::allRead);
    }

    /** A partition has not been looked at for the sake of others, which then turned out to hold less than they might. */
    private boolean leftSomeUnread() {
        for (Allowance allowance : allowances) {
            if (allowance != null && allowance.spent()) {
                return true;
            }
        }
        return false;
    }

    // ---- what was read

    private void allRead(List<PartitionData> answers) {
        reading = false;
        if (ended) {
            answers.forEach(PendingFetch::giveBack);
            return;
        }
        List<PartitionData> all = withUnknown(answers);
        if (timeIsUp || isEnough(all)) {
            end(all);
        } else if (wokenMeanwhile || leftSomeUnread()) {
            all.forEach(PendingFetch::giveBack);
            read();
        } else {
            all.forEach(PendingFetch::giveBack);
            watch(answers);
        }
    }

    private List<PartitionData> withUnknown(List<PartitionData> answers) {
        List<PartitionData> all = new ArrayList<>(targets.size());
        int next = 0;
        for (Target target : targets) {
            FetchPartition position = target.position().wanted();
            if (target.ref() == null) {
                all.add(PartitionReader.failed(position, target.unknown()));
                continue;
            }
            PartitionData answer = answers.get(next++);
            boolean deletedMeanwhile = answer == null;
            all.add(deletedMeanwhile ? PartitionReader.failed(position, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) : answer);
        }
        return all;
    }

    private boolean isEnough(List<PartitionData> answers) {
        long bytes = 0;
        for (PartitionData answer : answers) {
            if (answer.errorCode() != ErrorCode.NONE.code()
                    || answer.divergingEpoch().epoch() >= 0) {
                return true;
            }
            bytes += sizeOf(answer);
        }
        return answers.isEmpty() || bytes >= wanted.minBytes();
    }

    private void end(List<PartitionData> answers) {
        ended = true;
        stopWaiting();
        keepWithinMaxBytes(answers);
        whenDone.accept(answers);
    }

    /** The first data may be larger than all bounds, or a reader could never pass a large batch (KIP-74); the rest may not. */
    private void keepWithinMaxBytes(List<PartitionData> answers) {
        long bytes = 0;
        for (int i = 0; i < answers.size(); i++) {
            PartitionData answer = answers.get(i);
            int size = sizeOf(answer);
            int partitionMax = targets.get(i).position().wanted().partitionMaxBytes();
            boolean first = bytes == 0;
            if (size > 0 && !first && (size > partitionMax || bytes + size > wanted.maxBytes())) {
                giveBack(answer);
                answer.setRecords(NoRecords.NONE);
            } else {
                bytes += size;
            }
        }
    }

    private static int sizeOf(PartitionData answer) {
        return answer.records().sizeInBytes();
    }

    private static void giveBack(PartitionData answer) {
        if (answer != null && answer.records() instanceof OwnedSlice slice) {
            slice.close();
        }
    }

    // ---- waiting

    private void watch(List<PartitionData> answers) {
        if (deadline == null) {
            deadline = shard.schedule(wanted.maxWaitMs(), this::timeIsUp);
        }
        List<Watch> placed = new ArrayList<>(refs.size());
        for (int i = 0; i < refs.size(); i++) {
            placed.add(new Watch(answers.get(i)));
        }
        watches = placed;
        Scatter.ask(
                partitions,
                shard,
                refs,
                (index, partition, answer) -> {
                    placed.get(index).place(partition);
                    answer.accept(partition);
                },
                _ -> {});
    }

    private void timeIsUp() {
        timeIsUp = true;
        deadline = null;
        if (!reading && !ended) {
            readAgain();
        }
    }

    private void woken(Watch watch) {
        if (ended || watch.ofRound != round) {
            return;
        }
        if (reading) {
            wokenMeanwhile = true;
        } else {
            readAgain();
        }
    }

    private void readAgain() {
        withdraw();
        read();
    }

    private void stopWaiting() {
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
        withdraw();
    }

    private void withdraw() {
        round++;
        List<Watch> placed = watches;
        watches = List.of();
        if (!placed.isEmpty()) {
            Scatter.ask(
                    partitions,
                    shard,
                    refs,
                    (index, partition, answer) -> {
                        partition.unwatch(placed.get(index));
                        answer.accept(partition);
                    },
                    _ -> {});
        }
    }

    /** Stands at the end of one partition, on that partition's shard, and tells the fetch once when there is something new. */
    private final class Watch implements Runnable {
        private final int ofRound = round;
        private final long seenHighWatermark;

        Watch(PartitionData answer) {
            seenHighWatermark = answer == null ? -1 : answer.highWatermark();
        }

        void place(LeaderPartition partition) {
            if (partition.movedSince(seenHighWatermark)) {
                run();
            } else {
                partition.watch(this);
            }
        }

        @Override
        public void run() {
            // Never inline: it may come from the middle of an append on this very shard.
            shard.post(() -> woken(this));
        }
    }
}
