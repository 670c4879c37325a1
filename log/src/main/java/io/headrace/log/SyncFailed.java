package io.headrace.log;

import io.headrace.ports.DiskFault;
import java.io.IOException;
import java.nio.file.Path;

/** An fsync failed: what had been written and not yet flushed, in this log or its directory, can no longer be trusted. */
public final class SyncFailed extends IOException {
    private static final long serialVersionUID = 1L;

    SyncFailed(Path path, IOException cause) {
        super("fsync of " + path + " failed: " + DiskFault.inWords(cause), cause);
    }
}
