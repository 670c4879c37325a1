package io.headrace.wire;

/**
 * Bytes that are not what the protocol says they should be. It costs the sender its connection and nobody else
 * anything, so it carries no stack trace: what is wrong is in the bytes, and the message says what.
 */
public final class MalformedMessage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedMessage(String what) {
        this(what, null);
    }

    MalformedMessage(String what, RuntimeException cause) {
        super(what, cause, false, false);
    }
}
