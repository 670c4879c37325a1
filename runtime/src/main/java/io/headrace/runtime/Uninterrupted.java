package io.headrace.runtime;

/** Waiting that an interrupt does not cut short: what is half closed is worse than what is closed late. */
final class Uninterrupted {

    private Uninterrupted() {}

    /** Waits until the wait has come to its end; an interrupt is passed on afterwards. */
    static void wait(Wait wait) {
        boolean interrupted = false;
        while (true) {
            try {
                wait.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @FunctionalInterface
    interface Wait {
        void await() throws InterruptedException;
    }
}
