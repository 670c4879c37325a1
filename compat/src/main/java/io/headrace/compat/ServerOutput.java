package io.headrace.compat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process prints, read by a thread of its own to the end; the last lines of it are kept to be shown. */
final class ServerOutput {

    private static final int LINES_KEPT = 500;

    private final Pattern awaited;
    private final Deque<String> lines = new ArrayDeque<>();
    private final CountDownLatch seenOrEnded = new CountDownLatch(1);
    private Thread reader;
    private Matcher match;

    private ServerOutput(Pattern awaited) {
        this.awaited = awaited;
    }

    /** Begins to read, and looks out for the first line that has a match for the pattern. */
    static ServerOutput of(Process process, Pattern awaited) {
        ServerOutput output = new ServerOutput(awaited);
        output.reader = Thread.ofPlatform().daemon().start(() -> output.readAll(process));
        return output;
    }

    /** The awaited line, matched; null if the output ended or the time went by without it. */
    Matcher await(Duration patience) throws InterruptedException {
        boolean inTime = seenOrEnded.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        synchronized (this) {
            return inTime ? match : null;
        }
    }

    /** Waits until all has been read; the process must have ended. */
    void awaitEnd() throws InterruptedException {
        reader.join();
    }

    synchronized String text() {
        return String.join("\n", lines);
    }

    private void readAll(Process process) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                take(line);
            }
        } catch (IOException e) {
            take("(the output broke off: " + e.getMessage() + ")");
        } finally {
            seenOrEnded.countDown();
        }
    }

    private synchronized void take(String line) {
        if (lines.size() == LINES_KEPT) {
            lines.removeFirst();
        }
        lines.addLast(line);
        if (match == null) {
            Matcher matcher = awaited.matcher(line);
            if (matcher.find()) {
                match = matcher;
                seenOrEnded.countDown();
            }
        }
    }
}
