package io.headrace.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.log.AppendResult;
import io.headrace.log.AppendResult.Appended;
import io.headrace.log.AppendResult.Duplicate;
import io.headrace.log.AppendResult.Rejected;
import io.headrace.log.AppendResult.SegmentFull;
import io.headrace.log.AppendValidator;
import io.headrace.log.LoadReport;
import io.headrace.log.LogIdentity;
import io.headrace.log.LogSlice;
import io.headrace.log.PartitionLog;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A partition under a seed: what is asked of it, and in which order its disk work comes back. */
final class RandomPartition implements PartitionEnv.Events {

    private static final int OFFERS_AT_ONCE = 5;
    private static final int SLICES_HELD_AT_MOST = 4;
    private static final int PRODUCERS = 3;

    private final SplittableRandom random;
    private final CrankedWork work = new CrankedWork(this::begun);
    private final LeaderPartition partition;
    private final Visibility visibility;
    private final Consumer<Exception> directoryFailed;
    private final PartitionModel model = new PartitionModel();
    private final List<RandomProducer> producers = new ArrayList<>();
    private final List<SentAppend> appends = new ArrayList<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private final List<LogSlice> held = new ArrayList<>();
    private int unanswered;
    private int reentries;
    private boolean ending;
    private boolean ended;

    /** Stands at the end of the log; what it saw there was below the high watermark. */
    private static final class Watcher implements Runnable {
        private final long seenHighWatermark;
        private boolean woken;

        Watcher(long seenHighWatermark) {
            this.seenHighWatermark = seenHighWatermark;
        }

        @Override
        public void run() {
            assertThat(woken).as("a watcher is woken once").isFalse();
            woken = true;
        }
    }

    RandomPartition(
            int index,
            SplittableRandom random,
            TestDirectory directory,
            Visibility visibility,
            UnflushedBudget budget,
            Consumer<Exception> directoryFailed) {
        this.random = random;
        this.visibility = visibility;
        this.directoryFailed = directoryFailed;
        LogIdentity id = TestDirectory.identity(index);
        PartitionEnv env = new PartitionEnv(work, directory.time(), visibility, new AppendValidator(), budget, this);
        partition = new LeaderPartition(id, directory.config(), 0, directory.opener(id), env);
        for (int i = 0; i < PRODUCERS; i++) {
            producers.add(new RandomProducer(i, i < 2, random.split()));
        }
    }

    // ---- disk work

    /** One task of each kind at a time, and none beside an opening, which finds the files as they are. */
    private void begun(CrankedWork.Job<?> begun) {
        List<String> kinds = new ArrayList<>();
        for (CrankedWork.Job<?> job : work.jobs()) {
            assertThat(kinds.contains(job.kind()) && !job.kind().equals("seek"))
                    .as("two at a time: %s", job.kind())
                    .isFalse();
            kinds.add(job.kind());
        }
        assertThat(kinds.size() == 1 || !kinds.contains("open"))
                .as("opened while files are in use: %s", kinds)
                .isTrue();
    }

    /** Some task runs, or its outcome is told; false if there is none. */
    boolean work() {
        List<CrankedWork.Job<?>> jobs = work.jobs();
        if (jobs.isEmpty()) {
            return false;
        }
        CrankedWork.Job<?> job = jobs.get(random.nextInt(jobs.size()));
        reentries = 0;
        if (job.hasRun()) {
            work.tell(job);
        } else {
            job.runIfNotRun();
        }
        return true;
    }

    // ---- requests

    void beAsked() {
        reentries = 0;
        switch (random.nextInt(20)) {
            case 0 -> partition.checkpoint();
            case 1 -> partition.enforceRetention();
            case 2 -> deleteRecords();
            case 3 -> askDurably();
            case 4, 5 -> watch();
            case 6, 7, 8, 9 -> read(model.anyOffset(random));
            default -> produce();
        }
    }

    private void produce() {
        RandomProducer producer = producers.get(random.nextInt(producers.size()));
        producer.write();
        offer(producer);
    }

    void retry() {
        for (RandomProducer producer : producers) {
            offer(producer);
        }
    }

    private void offer(RandomProducer producer) {
        RandomProducer.Batch batch;
        for (int i = 0; i < OFFERS_AT_ONCE && (batch = producer.next()) != null; i++) {
            Offer offer = new Offer(producer, batch);
            appends.add(offer);
            offer.sendTo(partition);
        }
    }

    /** A batch on its way. Its sender may come back from within every call. */
    private final class Offer extends SentAppend {
        private final RandomProducer producer;
        private final RandomProducer.Batch batch;

        Offer(RandomProducer producer, RandomProducer.Batch batch) {
            super(batch.bytes(), batch.acks());
            this.producer = producer;
            this.batch = batch;
        }

        @Override
        void whenPlaced() {
            producer.placed(batch);
            comeBack();
        }

        @Override
        void whenDone(AppendResult result) {
            switch (result) {
                case Appended(long base, long last, long _) -> accepted(base, last);
                case Duplicate(long base, long last, long _) -> accepted(base, last);
                case Rejected(ErrorCode error, String why, var _) -> producer.refused(batch, error, why);
                case SegmentFull() -> throw new AssertionError("a producer was told to roll the segment");
            }
            comeBack();
        }

        private void accepted(long base, long last) {
            model.acknowledged(base, last, batch.firstNumber());
            producer.accepted(batch);
            if (acks() == Acks.ALL && visibility == Visibility.DURABLE && partition.openLog() != null) {
                assertThat(partition.openLog().flushedOffset()).isGreaterThan(last);
            }
        }

        private void comeBack() {
            if (random.nextInt(4) == 0 && reentries++ < 3) {
                produce();
            }
        }
    }

    private void read(long offset) {
        unanswered++;
        partition.read(offset, random.nextInt(1, 2000), true, result -> {
            unanswered--;
            switch (result.error()) {
                case NONE -> {
                    model.read(offset, result);
                    hold(result.slice());
                }
                case OFFSET_OUT_OF_RANGE -> assertThat(offset).isLessThan(result.logStartOffset());
                case NOT_LEADER_OR_FOLLOWER -> assertThat(ending).isTrue();
                default -> assertThat(result.error()).isEqualTo(ErrorCode.KAFKA_STORAGE_ERROR);
            }
        });
    }

    /** Some readers are slow. */
    private void hold(LogSlice slice) {
        if (slice != null) {
            held.add(slice);
        }
        while (held.size() > SLICES_HELD_AT_MOST || (!held.isEmpty() && random.nextBoolean())) {
            LogSlice sent = held.remove(random.nextInt(held.size()));
            model.sent(sent);
            sent.close();
        }
    }

    private void watch() {
        Watcher watcher = new Watcher(model.highWatermark());
        if (!partition.movedSince(watcher.seenHighWatermark)) {
            watchers.add(watcher);
            partition.watch(watcher);
        }
    }

    private void askDurably() {
        unanswered++;
        partition.queryDurable(
                PartitionLog::logEndOffset,
                asOf -> {
                    unanswered--;
                    partition.query(
                            (_, highWatermark) -> assertThat(highWatermark).isGreaterThanOrEqualTo(asOf), _ -> {});
                },
                error -> unanswered--);
    }

    private void deleteRecords() {
        long before = random.nextInt(10) == 0 ? model.anyOffset(random) : 0;
        unanswered++;
        partition.deleteRecords(
                before,
                start -> {
                    unanswered--;
                    model.startsAt(start);
                },
                error -> unanswered--);
    }

    // ---- the end

    void close() {
        ending = true;
        unanswered++;
        partition.close((clean, log) -> {
            unanswered--;
            ended = true;
        });
    }

    void delete() {
        ending = true;
        unanswered++;
        partition.delete(() -> {
            unanswered--;
            assertThat(work.jobs()).isEmpty();
            ended = true;
        });
    }

    void takeOffline(Exception cause) {
        partition.takeOffline(cause);
    }

    // ---- what must hold

    /** Nobody waits who could be answered differently now. */
    void checkWatchers() {
        for (Watcher watcher : watchers) {
            if (!watcher.woken && partition.openLog() != null) {
                assertThat(partition.movedSince(watcher.seenHighWatermark))
                        .as("a watcher was not woken")
                        .isFalse();
            }
        }
    }

    long unflushedBytes() {
        return partition.openLog() == null ? 0 : partition.openLog().unflushedBytes();
    }

    boolean settled() {
        if (partition.offlineReason() != null) {
            return work.jobs().isEmpty();
        }
        for (RandomProducer producer : producers) {
            if (!producer.isSure()) {
                return false;
            }
        }
        return unanswered == 0 && work.jobs().isEmpty();
    }

    void readAll() {
        if (partition.offlineReason() != null) {
            return;
        }
        long[] range = {-1, model.logStart()};
        while (range[0] < range[1]) {
            range[0] = range[1];
            partition.read(range[0], Integer.MAX_VALUE, true, result -> {
                range[1] = model.read(range[0], result);
                hold(result.slice());
            });
            finishWork();
        }
        assertThat(range[1]).isEqualTo(model.highWatermark());
        model.checkRead();
    }

    private void finishWork() {
        while (work()) {
            // Until nothing is left.
        }
    }

    void checkEnded() {
        assertThat(ended).as("the end was told").isTrue();
        assertThat(unanswered).isZero();
        for (SentAppend append : appends) {
            assertThat(append.isDone()).as("%s was answered", append).isTrue();
        }
        for (Watcher watcher : watchers) {
            assertThat(watcher.woken).as("a watcher was woken at the end").isTrue();
        }
        for (LogSlice slice : held) {
            model.sent(slice);
            slice.close();
        }
        held.clear();
    }

    // ---- what it tells

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
    public void directoryFailed(LogIdentity id, Exception cause) {
        directoryFailed.accept(cause);
    }
}
