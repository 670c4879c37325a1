package io.headrace.runtime;

/** Whether a frame that has begun to arrive gets on, judged from one look at it to the next. */
final class FrameProgress {

    private final FrameReader in;
    private long frameSeen;
    private int receivedSeen;

    FrameProgress(FrameReader in) {
        this.in = in;
    }

    /** Remembers how far the present frame is. */
    void look() {
        frameSeen = in.framesBegun();
        receivedSeen = in.received();
    }

    /** Whether it is still the same frame, and next to nothing has come since. */
    boolean stands() {
        return in.midFrame()
                && in.framesBegun() == frameSeen
                && in.received() - receivedSeen < Limits.FRAME_PROGRESS_BYTES;
    }
}
