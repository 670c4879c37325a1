package io.headrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class InboxTest {

    private static final int SENDERS = 4;
    private static final int TASKS_EACH = 50_000;

    private final Inbox inbox = new Inbox();

    @Test
    void tasksComeOutInTheOrderInWhichTheyCameIn() {
        StringBuilder order = new StringBuilder();
        inbox.offer(() -> order.append('a'));
        inbox.offer(() -> order.append('b'));
        inbox.poll().run();
        inbox.offer(() -> order.append('c'));

        for (Runnable task = inbox.poll(); task != null; task = inbox.poll()) {
            task.run();
        }

        assertThat(order).hasToString("abc");
    }

    @Test
    void onlyTheFirstOfferToASleepingOwnerHasToWakeIt() {
        assertThat(inbox.park()).isTrue();

        assertThat(inbox.offer(() -> {})).isEqualTo(Inbox.Offer.WAKE);
        assertThat(inbox.offer(() -> {})).isEqualTo(Inbox.Offer.QUEUED);
    }

    @Test
    void anOwnerWithTasksLeftDoesNotGoToSleep() {
        inbox.offer(() -> {});
        assertThat(inbox.park()).isFalse();

        inbox.offer(() -> {});
        inbox.poll();
        assertThat(inbox.park())
                .as("with one task taken from the stack and not run")
                .isFalse();
    }

    @Test
    void anOwnerThatWokeByItselfNeedsNoWaking() {
        inbox.park();
        inbox.unpark();

        assertThat(inbox.offer(() -> {})).isEqualTo(Inbox.Offer.QUEUED);
    }

    @Test
    void nothingIsTakenInAfterTheEndAndNothingIsLostBeforeIt() {
        inbox.offer(() -> {});
        assertThat(inbox.end()).isFalse();
        inbox.poll();

        assertThat(inbox.end()).isTrue();
        assertThat(inbox.offer(() -> {})).isEqualTo(Inbox.Offer.REFUSED);
        assertThat(inbox.poll()).isNull();
    }

    /** The owner sleeps whenever it may; every task runs once, in its sender's order, and no wake-up is wasted. */
    @RepeatedTest(5)
    void noTaskAndNoWakeUpIsLostBetweenThreads() throws InterruptedException {
        Semaphore wakeUps = new Semaphore(0);
        AtomicInteger wakeUpsSent = new AtomicInteger();
        int[] nextOf = new int[SENDERS];
        int[] disorder = new int[1];
        Thread[] senders = new Thread[SENDERS];
        for (int s = 0; s < SENDERS; s++) {
            int sender = s;
            senders[s] = new Thread(() -> {
                for (int i = 0; i < TASKS_EACH; i++) {
                    int number = i;
                    if (inbox.offer(() -> disorder[0] += nextOf[sender]++ == number ? 0 : 1) == Inbox.Offer.WAKE) {
                        wakeUpsSent.incrementAndGet();
                        wakeUps.release();
                    }
                }
            });
            senders[s].start();
        }

        int sleeps = 0;
        for (int ran = 0; ran < SENDERS * TASKS_EACH; ) {
            Runnable task = inbox.poll();
            if (task != null) {
                task.run();
                ran++;
            } else if (inbox.park()) {
                sleeps++;
                assertThat(wakeUps.tryAcquire(30, TimeUnit.SECONDS)).as("woken").isTrue();
            }
        }

        for (Thread sender : senders) {
            sender.join();
        }
        assertThat(disorder[0]).isZero();
        assertThat(nextOf).containsOnly(TASKS_EACH);
        assertThat(wakeUpsSent).hasValue(sleeps);
    }
}
