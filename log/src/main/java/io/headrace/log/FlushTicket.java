package io.headrace.log;

import io.headrace.ports.DiskWork;
import java.io.IOException;

/** Makes what a log held when the ticket was made durable. Runs on a disk thread. */
public final class FlushTicket implements DiskWork.Task<FlushTicket> {

    FlushTicket() {}

    @Override
    public FlushTicket run() throws IOException {
        throw new UnsupportedOperationException("coming");
    }
}
