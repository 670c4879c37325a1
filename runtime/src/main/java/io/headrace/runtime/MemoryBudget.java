package io.headrace.runtime;

/** How many bytes all connections together may hold in requests. When it is used up, reading pauses. Any thread. */
public final class MemoryBudget {

    public MemoryBudget(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("a memory budget of " + bytes + " bytes");
        }
    }

    /** Bytes in use. */
    public long used() {
        throw new UnsupportedOperationException();
    }
}
