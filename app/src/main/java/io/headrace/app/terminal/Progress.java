package io.headrace.app.terminal;

import java.util.function.Supplier;

/**
 * How far something is, on the error stream. For a person one line that is rewritten a few times a second; otherwise,
 * if asked for, a line every few seconds, so that a log stays short. One thread.
 */
public final class Progress {

    private static final long REWRITE_NANOS = 200_000_000L;
    private static final long NEW_LINE_NANOS = 2_000_000_000L;
    private static final String TO_LINE_START_AND_CLEAR = "\r\u001b[K";

    private final Terminal terminal;
    private final boolean alsoInLogs;
    private long lastNanos = System.nanoTime();
    private boolean lineIsOpen;

    /** {@code alsoInLogs}: says something even if no person watches. */
    public Progress(Terminal terminal, boolean alsoInLogs) {
        this.terminal = terminal;
        this.alsoInLogs = alsoInLogs;
    }

    /** Call it as often as you like; the line is made when it is due. */
    public void tick(Supplier<String> line) {
        long now = System.nanoTime();
        if (terminal.people().atErr() && now - lastNanos >= REWRITE_NANOS) {
            lastNanos = now;
            lineIsOpen = true;
            terminal.sayRaw(TO_LINE_START_AND_CLEAR + line.get());
        } else if (!terminal.people().atErr() && alsoInLogs && now - lastNanos >= NEW_LINE_NANOS) {
            lastNanos = now;
            terminal.say(line.get());
        }
    }

    /** Says a line of its own, which stays. */
    public void say(String line) {
        clear();
        terminal.say(line);
    }

    /** Takes the moving line away. */
    public void clear() {
        if (lineIsOpen) {
            lineIsOpen = false;
            terminal.sayRaw(TO_LINE_START_AND_CLEAR);
        }
    }
}
