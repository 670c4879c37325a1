package io.headrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.ports.DiskWork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiskThreadsTest {

    private final ShardGroup shards = ShardGroup.start(2);
    private final DiskThreads threads = new DiskThreads(1, 2);
    private final DiskWork work = threads.workFor(shards.shard(1));
    private final BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        threads.close();
        shards.close();
    }

    @Test
    void aTaskRunsOnADiskThreadAndItsOutcomeOnTheOwner() throws InterruptedException {
        work.run(() -> Thread.currentThread().getName(), new Recording<>());
        work.flush(() -> Thread.currentThread().getName(), new Recording<>());

        assertThat(List.of(next(), next()))
                .containsExactlyInAnyOrder("done headrace-disk-0", "done headrace-flusher-0");
    }

    @Test
    void whateverATaskThrowsIsItsOutcome() throws InterruptedException {
        work.run(
                () -> {
                    throw new IOException("no space left");
                },
                new Recording<>());
        assertThat(next()).isEqualTo("failed IOException no space left");

        work.run(
                () -> {
                    throw new StackOverflowError();
                },
                new Recording<>());
        assertThat(next()).startsWith("failed IllegalStateException");
    }

    @Test
    void tasksBeginInTheOrderInWhichTheyCame() throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            int number = i;
            work.run(() -> number, new Recording<>());
        }

        for (int i = 0; i < 500; i++) {
            assertThat(next()).isEqualTo("done " + i);
        }
    }

    @Test
    void otherWorkDoesNotWaitForAllReads() throws InterruptedException {
        int reads = 100;
        shards.shard(1).post(() -> {
            for (int i = 0; i < reads; i++) {
                work.read(() -> "read", new Recording<>());
            }
            work.run(() -> "roll", new Recording<>());
        });

        List<String> all = new ArrayList<>();
        for (int i = 0; i <= reads; i++) {
            all.add(next());
        }
        assertThat(all.indexOf("done roll")).isLessThanOrEqualTo(Limits.READS_AT_A_TIME);
        assertThat(all).hasSize(reads + 1).doesNotContainNull();
    }

    @Test
    void thereAreAsManyFlushersAsAllowedAndOrdinaryWorkDoesNotWaitForThem() throws InterruptedException {
        Semaphore running = new Semaphore(0);
        CountDownLatch goOn = new CountDownLatch(1);
        for (int i = 0; i < 3; i++) {
            work.flush(
                    () -> {
                        running.release();
                        Uninterrupted.wait(goOn::await);
                        return "flush";
                    },
                    new Recording<>());
        }
        assertThat(running.tryAcquire(2, 30, TimeUnit.SECONDS)).isTrue();
        work.run(() -> "work", new Recording<>());

        assertThat(next()).isEqualTo("done work");
        assertThat(running.availablePermits()).isZero();
        assertThat(threads.flushes().queued()).isEqualTo(1);
        goOn.countDown();

        assertThat(List.of(next(), next(), next())).containsOnly("done flush");
    }

    @Test
    void theCountersTellHowLongTasksWaitedAndRan() throws InterruptedException {
        long start = System.nanoTime();
        work.flush(() -> "first", new Recording<>());
        work.flush(
                () -> {
                    throw new IOException("second");
                },
                new Recording<>());
        next();
        next();
        threads.close();
        long elapsed = System.nanoTime() - start;

        WorkCounters counters = threads.flushes();
        assertThat(counters.tasks()).isEqualTo(2);
        assertThat(counters.failed()).isEqualTo(1);
        assertThat(counters.queued()).isZero();
        assertThat(counters.runNanos()).isPositive().isGreaterThanOrEqualTo(counters.runMaxNanos());
        assertThat(counters.waitNanos()).isPositive().isLessThan(2 * elapsed);
        assertThat(threads.work().tasks()).isZero();
    }

    @Test
    void closingFinishesWhatIsQueuedAndRefusesWhatComesLater() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            work.run(() -> "queued", new Recording<>());
        }
        threads.close();
        threads.close();
        work.run(() -> "late", new Recording<>());

        for (int i = 0; i < 100; i++) {
            assertThat(next()).isEqualTo("done queued");
        }
        assertThat(next()).startsWith("failed IOException");
    }

    @Test
    void threadsThatHaveNothingToDoEnd() throws InterruptedException {
        WorkerPool pool = new WorkerPool("test", 3, 5);
        Semaphore ran = new Semaphore(0);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 10; i++) {
                pool.submit(() -> {
                    ran.release();
                    return true;
                });
            }
            assertThat(ran.tryAcquire(10, 30, TimeUnit.SECONDS)).isTrue();

            Await.until("the threads have ended", () -> pool.threads() == 0);
        }
        assertThat(pool.close(System.nanoTime())).isTrue();
    }

    private String next() throws InterruptedException {
        return outcomes.poll(30, TimeUnit.SECONDS);
    }

    private final class Recording<T> implements DiskWork.Outcome<T> {
        @Override
        public void done(T result) {
            assertThat(shards.shard(1).isCurrent()).isTrue();
            outcomes.add("done " + result);
        }

        @Override
        public void failed(Exception cause) {
            assertThat(shards.shard(1).isCurrent()).isTrue();
            outcomes.add("failed " + cause.getClass().getSimpleName() + " " + cause.getMessage());
        }
    }
}
