package io.headrace.runtime;

import io.headrace.ports.Time;

/** The machine's clocks. */
public final class SystemTime implements Time {

    @Override
    public long monotonicMs() {
        return System.nanoTime() / 1_000_000;
    }

    @Override
    public long wallMs() {
        return System.currentTimeMillis();
    }
}
