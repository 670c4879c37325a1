package io.headrace.log;

import io.headrace.ports.DiskWork;
import java.io.IOException;

/** Seals the active segment and makes the next one. Runs on a disk thread. */
public final class RollTicket implements DiskWork.Task<RollTicket> {

    RollTicket() {}

    @Override
    public RollTicket run() throws IOException {
        throw new UnsupportedOperationException("coming");
    }
}
