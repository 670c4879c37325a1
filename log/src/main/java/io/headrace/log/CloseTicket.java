package io.headrace.log;

import io.headrace.ports.DiskWork;
import java.io.IOException;

/** Leaves the files of a log as Kafka leaves them after a clean stop. Runs on a disk thread. */
public final class CloseTicket implements DiskWork.Task<CloseTicket> {

    CloseTicket() {}

    @Override
    public CloseTicket run() throws IOException {
        throw new UnsupportedOperationException("coming");
    }
}
