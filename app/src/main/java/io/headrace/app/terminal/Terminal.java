package io.headrace.app.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The three streams of one command. Results go out in UTF-8 whatever the locale, unchanged and buffered; what is said to
 * the person beside them goes to the error stream, so that a pipe carries results only. One thread.
 */
public final class Terminal {

    private static final int OUT_BUFFER_BYTES = 64 * 1024;

    private final InputStream in;
    private final OutputStream out;
    private final OutputStream err;
    private final People people;

    public Terminal(InputStream in, OutputStream out, OutputStream err, People people) {
        this.in = in;
        this.out = new BufferedOutputStream(out, OUT_BUFFER_BYTES);
        this.err = err;
        this.people = people;
    }

    /** At which of the streams sits a person. */
    public record People(boolean atIn, boolean atOut, boolean atErr) {

        public static final People NOWHERE = new People(false, false, false);
    }

    /** This process's own. */
    public static Terminal ofProcess() {
        return new Terminal(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                new People(isTerminal(0), isTerminal(1), isTerminal(2)));
    }

    /** Java can ask only for standard input and output together; calling isatty through it costs 110 ms of CPU. */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (Files.isSymbolicLink(link)) {
            try {
                String file = Files.readSymbolicLink(link).toString();
                return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
            } catch (IOException unreadable) {
                return false;
            }
        }
        return System.console().isTerminal();
    }

    public InputStream in() {
        return in;
    }

    public People people() {
        return people;
    }

    /** Writes bytes of a result. */
    public void write(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }

    public void write(byte[] bytes, int from, int count) {
        try {
            out.write(bytes, from, count);
        } catch (IOException e) {
            throw new OutputClosed(e);
        }
    }

    /** Writes a line of a result. */
    public void line(String text) {
        write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** For whoever can only print; flushed into the buffer of results by itself. */
    public PrintWriter printer() {
        return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
    }

    /** Sends off what was written; call it before waiting for anything. */
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new OutputClosed(e);
        }
    }

    /** Says a line to the person. */
    public void say(String text) {
        sayRaw(text + "\n");
    }

    /** Nobody is left to be told when this fails. */
    void sayRaw(String text) {
        try {
            err.write(text.getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException nobodyListens) {
            return;
        }
    }

    /** The reader of the results has gone, as {@code head} does when it has seen enough. */
    public static final class OutputClosed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OutputClosed(IOException cause) {
            super(cause);
        }
    }
}
