package io.headrace.runtime;

import io.headrace.ports.DiskWork;

/** The few threads on which files may be waited for: some for ordinary work, some for fsync. */
public final class DiskThreads implements AutoCloseable {

    /** No thread exists before there is work for it. */
    public DiskThreads(int workers, int flushers) {
        throw new UnsupportedOperationException("" + workers + flushers);
    }

    /** The door for what a shard owns: outcomes are posted to it. */
    public DiskWork workFor(Shard owner) {
        throw new UnsupportedOperationException();
    }

    /** What ordinary work has cost so far. */
    public WorkCounters work() {
        throw new UnsupportedOperationException();
    }

    /** What flushes have cost so far. */
    public WorkCounters flushes() {
        throw new UnsupportedOperationException();
    }

    /** Finishes what is queued and ends the threads. Work that comes later fails. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
