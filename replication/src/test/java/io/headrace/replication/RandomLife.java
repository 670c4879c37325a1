package io.headrace.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.log.LogConfig;
import io.headrace.log.SyncFailed;
import io.headrace.testing.MemoryDisk;
import io.headrace.testing.SetTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Two partitions, their producers and readers, and a disk with the trouble that the seed has in store for it. After every
 * step the budget is what the open logs have unflushed, and no reader waits who could be answered otherwise.
 */
final class RandomLife {

    private static final int STEPS = 400;
    private static final int STEPS_AT_THE_END = 60;
    private static final int ROUNDS_TO_SETTLE = 100;

    private enum Trouble {
        NONE,
        FAILED_WRITES,
        FULL_DISK,
        FAILED_READS,
        FAILED_SYNC
    }

    private final SplittableRandom random;
    private final MemoryDisk disk = new MemoryDisk();
    private final SetTime time = new SetTime();
    private final UnflushedBudget budget;
    private final Trouble trouble;
    private final List<RandomPartition> partitions = new ArrayList<>();

    RandomLife(long seed) {
        random = new SplittableRandom(seed);
        budget = new UnflushedBudget(random.nextBoolean() ? Long.MAX_VALUE : random.nextLong(200, 3000));
        trouble = random.nextBoolean() ? Trouble.NONE : Trouble.values()[random.nextInt(Trouble.values().length)];
        Visibility visibility = random.nextInt(4) == 0 ? Visibility.WRITTEN : Visibility.DURABLE;
        LogConfig config = LogConfig.defaults().with(draft -> {
            draft.segmentBytes = random.nextInt(1000, 8000);
            draft.indexIntervalBytes = random.nextInt(1, 2000);
            draft.fileDeleteDelayMs = 100;
        });
        TestDirectory directory = new TestDirectory(disk, time, config);
        for (int i = 0; i < 2; i++) {
            partitions.add(
                    new RandomPartition(i, random.split(), directory, visibility, budget, this::directoryFailed));
        }
    }

    void live() {
        for (int i = 0; i < STEPS; i++) {
            step();
            checkWatchers();
            checkBudget();
        }
        disk.recover();
        settle();
        checkBudget();
        partitions.forEach(RandomPartition::readAll);
        stepsAtTheEnd();
        partitions.forEach(random.nextBoolean() ? RandomPartition::delete : RandomPartition::close);
        stepsAtTheEnd();
        disk.recover();
        finishWork();
        partitions.forEach(RandomPartition::checkEnded);
        assertThat(budget.usedBytes()).isZero();
        assertThat(disk.openFiles()).isZero();
    }

    private void stepsAtTheEnd() {
        for (int i = 0; i < STEPS_AT_THE_END; i++) {
            step();
            checkWatchers();
        }
    }

    private void step() {
        int choice = random.nextInt(100);
        RandomPartition partition = partitions.get(random.nextInt(partitions.size()));
        if (choice < 45) {
            partition.work();
        } else if (choice < 90) {
            partition.beAsked();
        } else if (choice < 95) {
            time.pass(random.nextInt(600));
        } else {
            befall();
        }
    }

    private void befall() {
        switch (trouble) {
            case NONE -> {}
            case FAILED_WRITES -> disk.failWriteAfter(random.nextInt(6));
            case FULL_DISK -> disk.full(random.nextBoolean());
            case FAILED_READS -> disk.failNextRead();
            case FAILED_SYNC -> {
                if (random.nextInt(8) == 0) {
                    disk.failSyncAfter(0);
                }
            }
        }
    }

    /** What the broker does when it hears of it. */
    private void directoryFailed(Exception cause) {
        assertThat(trouble).isEqualTo(Trouble.FAILED_SYNC);
        assertThat(cause).isInstanceOf(SyncFailed.class);
        partitions.forEach(partition -> partition.takeOffline(cause));
    }

    private void checkWatchers() {
        partitions.forEach(RandomPartition::checkWatchers);
    }

    private void checkBudget() {
        long unflushed = 0;
        for (RandomPartition partition : partitions) {
            unflushed += partition.unflushedBytes();
        }
        assertThat(budget.usedBytes()).isEqualTo(unflushed);
    }

    /** Nothing goes wrong any more: what was unsure becomes sure. */
    private void settle() {
        for (int round = 0; round < ROUNDS_TO_SETTLE && !settled(); round++) {
            time.pass(Limits.PAUSE_AFTER_FAILURE_MS);
            partitions.forEach(RandomPartition::retry);
            finishWork();
        }
        assertThat(settled()).as("every producer has been told in the end").isTrue();
    }

    private boolean settled() {
        for (RandomPartition partition : partitions) {
            if (!partition.settled()) {
                return false;
            }
        }
        return true;
    }

    private void finishWork() {
        boolean busy = true;
        while (busy) {
            busy = false;
            for (RandomPartition partition : partitions) {
                busy |= partition.work();
            }
        }
    }
}
