package io.headrace.runtime;

/**
 * The two things that a connection may not do for long: nothing at all, and half a frame. Both are looked at by timers
 * that are set anew when they fire, not with every request.
 */
final class Deadlines {

    private static final long NANOS_PER_MS = 1_000_000;

    private final Conversation conversation;
    private final Shard shard;
    private final FrameReader in;
    private final FrameProgress progress;
    private final long idleMaxMs;
    private final long frameProgressMs;
    private long lastActiveNanos = System.nanoTime();
    private Timer idleTimer;
    private Timer frameTimer;

    /** Whether reading has paused, since the frame timer was set, for reasons that are not the client's. */
    private boolean excused;

    Deadlines(Conversation conversation, Shard shard, FrameReader in, NetworkSettings settings) {
        this.conversation = conversation;
        this.shard = shard;
        this.in = in;
        progress = new FrameProgress(in);
        idleMaxMs = settings.idleMaxMs();
        frameProgressMs = settings.frameProgressMs();
        if (idleMaxMs >= 0) {
            idleTimer = shard.schedule(idleMaxMs, new IdleCheck());
        }
    }

    /** Something has been received or sent. */
    void active() {
        lastActiveNanos = System.nanoTime();
    }

    /** Reading has stopped, and not for want of bytes. */
    void excuse() {
        excused = true;
    }

    /** Sees to it that a frame that is under way gets on. */
    void watchFrame() {
        if (frameTimer == null && in.midFrame()) {
            progress.look();
            excused = false;
            frameTimer = shard.schedule(frameProgressMs, new FrameCheck());
        }
    }

    void cancel() {
        if (idleTimer != null) {
            idleTimer.cancel();
        }
        if (frameTimer != null) {
            frameTimer.cancel();
        }
    }

    private final class IdleCheck implements Runnable {
        @Override
        public void run() {
            long idleMs = (System.nanoTime() - lastActiveNanos) / NANOS_PER_MS;
            if (idleMs >= idleMaxMs && !conversation.owesAnswers()) {
                conversation.close();
            } else {
                idleTimer = shard.schedule(Math.max(1, idleMaxMs - idleMs), this);
            }
        }
    }

    private final class FrameCheck implements Runnable {
        @Override
        public void run() {
            frameTimer = null;
            if (progress.stands() && !excused && conversation.takesFrames()) {
                conversation.closeSaying("of a frame that began to arrive, " + in.received()
                        + " bytes have come, and next to nothing in the last " + frameProgressMs + " ms");
            } else {
                watchFrame();
            }
        }
    }
}
