package io.headrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A shard that sleeps is lent to another that has a task for it; see {@link Shard#perform}. */
class LentShardTest {

    private final ShardGroup shards = ShardGroup.start(2);
    private final Shard here = shards.shard(0);
    private final Shard there = shards.shard(1);
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        shards.close();
    }

    @Test
    void aShardThatSleepsIsActedForByTheThreadThatAsks() throws InterruptedException {
        onLoan(() -> seen.add(there.isCurrent() && here.isCurrent() ? "as both" : "as one"));

        assertThat(next()).isEqualTo("as both");
        here.post(() -> seen.add(there.isCurrent() ? "kept it" : "gave it back"));
        assertThat(next()).isEqualTo("gave it back");
    }

    @Test
    void aShardThatIsAwakeIsSentTheTask() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        there.post(() -> Uninterrupted.wait(() -> asked.await(30, TimeUnit.SECONDS)));
        here.post(() -> {
            there.perform(() -> seen.add(here.isCurrent() ? "here" : "there"));
            asked.countDown();
        });

        assertThat(next()).isEqualTo("there");
    }

    @Test
    void aTimerSetOnLoanWakesTheShardInTime() throws InterruptedException {
        onLoan(() -> there.schedule(1, () -> seen.add(here.isCurrent() ? "here" : "there")));

        assertThat(next()).isEqualTo("there");
    }

    @Test
    void whatIsPostedMeanwhileWaitsForTheEndOfTheLoan() throws InterruptedException {
        CountDownLatch posted = new CountDownLatch(1);
        CountDownLatch lent = new CountDownLatch(1);
        Thread poster = new Thread(() -> {
            Uninterrupted.wait(() -> lent.await(30, TimeUnit.SECONDS));
            there.post(() -> seen.add("posted"));
            posted.countDown();
        });
        poster.start();
        onLoan(() -> {
            lent.countDown();
            Uninterrupted.wait(() -> posted.await(30, TimeUnit.SECONDS));
            seen.add("lent");
        });

        assertThat(next()).isEqualTo("lent");
        assertThat(next()).isEqualTo("posted");
        poster.join();
    }

    @Test
    void whatThrowsOnLoanIsLoggedAndHurtsNobody() throws InterruptedException {
        try (LogCapture log = new LogCapture()) {
            onLoan(() -> {
                there.post(() -> seen.add("alive"));
                throw new IllegalStateException("a bug");
            });

            assertThat(next()).isEqualTo("alive");
            assertThat(log.text()).contains("a bug");
        }
    }

    @Test
    void shardsThatKeepAskingEachOtherNeverActForOneAtTheSameTime() throws InterruptedException {
        int rounds = 50_000;
        int[] done = new int[2];
        CountDownLatch all = new CountDownLatch(2);
        here.post(() -> askAgain(here, there, done, rounds, all));
        there.post(() -> askAgain(there, here, done, rounds, all));

        assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(done).containsExactly(rounds, rounds);
    }

    /** Adds one to the other's count in its name, time after time, each in a turn of its own; nothing else guards the counts. */
    private static void askAgain(Shard asker, Shard asked, int[] done, int left, CountDownLatch all) {
        asked.perform(() -> {
            done[asked.index()]++;
            if (left == 1) {
                all.countDown();
            }
        });
        if (left > 1) {
            asker.post(() -> askAgain(asker, asked, done, left - 1, all));
        }
    }

    /** Runs the task on loan as soon as the other shard sleeps. */
    private void onLoan(Runnable task) {
        here.post(() -> {
            boolean[] lent = {false};
            there.perform(() -> {
                if (here.isCurrent()) {
                    lent[0] = true;
                    task.run();
                }
            });
            if (!lent[0]) {
                onLoan(task);
            }
        });
    }

    private String next() throws InterruptedException {
        return seen.poll(30, TimeUnit.SECONDS);
    }
}
