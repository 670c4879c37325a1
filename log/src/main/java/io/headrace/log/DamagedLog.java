package io.headrace.log;

import java.io.IOException;
import java.nio.file.Path;

/** Bytes that had been made durable are not what was written. Names the file and where in it; the partition goes offline. */
public final class DamagedLog extends IOException {
    private static final long serialVersionUID = 1L;

    public DamagedLog(Path file, long position, long offset, String what) {
        super(file + " is damaged at byte " + position + " (offset " + offset + "): " + what);
    }
}
