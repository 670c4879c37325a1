package io.headrace.metadata.adoption;

import java.io.IOException;

/** A directory is not one that can be adopted; the message tells its owner why, and what to do about it. */
public final class NotAdoptable extends IOException {

    private static final long serialVersionUID = 1L;

    public NotAdoptable(String message) {
        super(message);
    }

    public NotAdoptable(String message, Throwable cause) {
        super(message, cause);
    }
}
