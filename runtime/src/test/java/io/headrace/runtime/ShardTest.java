package io.headrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.ports.Check;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShardTest {

    private final ShardGroup shards = ShardGroup.start(2);
    private final Shard shard = shards.shard(0);
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        shards.close();
    }

    @Test
    void tasksRunOnTheShardInTheOrderInWhichTheyWerePosted() throws InterruptedException {
        for (int i = 0; i < 2_000; i++) {
            int number = i;
            shard.post(() -> seen.add(number + (shard.isCurrent() ? "" : " elsewhere")));
        }

        for (int i = 0; i < 2_000; i++) {
            assertThat(next()).isEqualTo(Integer.toString(i));
        }
        assertThat(shard.isCurrent()).isFalse();
    }

    @Test
    void whatATaskOrATimerThrowsIsLoggedOnceAndHurtsNobodyElse() throws InterruptedException {
        try (LogCapture log = new LogCapture()) {
            shard.post(() -> {
                throw new IllegalStateException("a bug");
            });
            shard.post(() -> {
                shard.schedule(0, () -> {
                    throw new StackOverflowError("too deep");
                });
                shard.schedule(0, () -> seen.add("alive"));
            });

            assertThat(next()).isEqualTo("alive");
            assertThat(log.lines()).isEqualTo(2);
            assertThat(log.text()).contains("a bug", "too deep", "ShardTest.java");
        }
    }

    @Test
    void aTimerNeverRunsBeforeItsTime() throws InterruptedException {
        shard.post(() -> {
            for (int delayMs : new int[] {5, 1, 0, 3, 2}) {
                long start = System.nanoTime();
                shard.schedule(delayMs, () -> {
                    boolean early = System.nanoTime() - start < delayMs * 1_000_000L;
                    seen.add(delayMs + (early ? " early" : ""));
                });
            }
        });

        assertThat(List.of(next(), next(), next(), next(), next())).containsExactly("0", "1", "2", "3", "5");
    }

    @Test
    void aCancelledTimerDoesNotRun() throws InterruptedException {
        shard.post(() -> {
            Timer cancelled = shard.schedule(1, () -> seen.add("cancelled"));
            shard.schedule(2, () -> seen.add("kept"));
            cancelled.cancel();
        });

        assertThat(next()).isEqualTo("kept");
    }

    @Test
    void timersAreSetOnTheShardOnly() {
        assertThatThrownBy(() -> shard.schedule(1, () -> {})).isInstanceOf(Check.BrokenInvariant.class);
    }

    @Test
    void manyThreadsPostingAtOnceLoseNothing() throws InterruptedException {
        int posters = 4;
        int each = 20_000;
        int[] ran = new int[1];
        CountDownLatch all = new CountDownLatch(posters * each);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < posters; i++) {
            Thread thread = new Thread(() -> {
                for (int j = 0; j < each; j++) {
                    shard.post(() -> {
                        ran[0]++;
                        all.countDown();
                    });
                }
            });
            threads.add(thread);
            thread.start();
        }

        assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(ran[0]).isEqualTo(posters * each);
    }

    @Test
    void twoShardsThatKeepPostingToEachOtherWakeEachOtherEveryTime() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        shard.post(() -> pingPong(shard, shards.shard(1), 20_000, done));

        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closeTasksRunOnTheShardTheLastAddedFirstAndNothingRunsAfterwards() throws InterruptedException {
        shard.post(() -> {
            shard.onClose(() -> seen.add("first added" + (shard.isCurrent() ? "" : " elsewhere")));
            shard.onClose(() -> {
                seen.add("last added");
                throw new IllegalStateException("a bug");
            });
        });
        Network.turn(shard);

        shards.close();
        shards.close();

        assertThat(seen).containsExactly("last added", "first added");
        assertThat(shard.post(() -> seen.add("late"))).isFalse();
    }

    @Test
    void whatWasPostedBeforeTheEndIsRun() {
        for (int i = 0; i < 5_000; i++) {
            shard.post(() -> seen.add("task"));
        }

        shards.close();

        assertThat(seen).hasSize(5_000);
    }

    @Test
    void anInterruptDoesNotStopAClose() {
        Thread.currentThread().interrupt();

        shards.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(shard.post(() -> {})).isFalse();
    }

    @Test
    void anIdleShardSleeps() throws InterruptedException {
        long[] id = new long[1];
        shard.post(() -> id[0] = Thread.currentThread().threadId());
        Network.turn(shard);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();

        long before = threads.getThreadCpuTime(id[0]);
        long start = System.nanoTime();
        Await.until("a moment has passed", () -> System.nanoTime() - start > 200_000_000);

        assertThat(threads.getThreadCpuTime(id[0]) - before).isLessThan(20_000_000);
    }

    private static void pingPong(Shard here, Shard there, int rounds, CountDownLatch done) {
        if (rounds == 0) {
            done.countDown();
        } else {
            there.post(() -> pingPong(there, here, rounds - 1, done));
        }
    }

    private String next() throws InterruptedException {
        return seen.poll(30, TimeUnit.SECONDS);
    }
}
