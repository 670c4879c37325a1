package io.headrace.broker.produce;

import io.headrace.broker.Request;
import io.headrace.runtime.Shard;

/** Counts the partitions that have placed their part of a request; run by the connection's shard. */
final class Placing {

    private final Request request;
    private int outstanding;

    Placing(Request request, int parts) {
        this.request = request;
        this.outstanding = parts;
        if (parts == 0) {
            request.placed();
        }
    }

    /** From the shard of any partition. */
    void placed() {
        Shard home = request.shard();
        if (home.isCurrent()) {
            countDown();
        } else {
            home.post(this::countDown);
        }
    }

    private void countDown() {
        if (--outstanding == 0) {
            request.placed();
        }
    }
}
