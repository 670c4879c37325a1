package io.headrace.log;

import io.headrace.ports.DiskWork;
import java.io.IOException;

/** Takes segments that have expired out of the directory, and deletes those taken out long enough ago. Runs on a disk thread. */
public final class RetentionTicket implements DiskWork.Task<RetentionTicket> {

    RetentionTicket() {}

    @Override
    public RetentionTicket run() throws IOException {
        throw new UnsupportedOperationException("coming");
    }
}
