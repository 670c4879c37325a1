package io.headrace.app.cli;

import io.headrace.app.terminal.Numbers;
import io.headrace.app.terminal.Progress;
import io.headrace.app.terminal.Terminal;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends lines until they end or one cannot be written. Runs on the thread of the command; the producer's own thread
 * reports what became of each record.
 */
final class Production {

    private final Producer<byte[], byte[]> producer;
    private final LineFormat format;
    private final Terminal terminal;
    private final long startNanos = System.nanoTime();
    private final AtomicLong written = new AtomicLong();
    private final AtomicReference<String> failure = new AtomicReference<>();
    private long bytes;

    Production(Producer<byte[], byte[]> producer, LineFormat format, Terminal terminal) {
        this.producer = producer;
        this.format = format;
        this.terminal = terminal;
    }

    void run() throws IOException {
        if (terminal.people().atIn()) {
            terminal.say("one record per line; Ctrl-D ends");
        }
        boolean watched = !terminal.people().atIn();
        Progress progress = new Progress(terminal, false);
        LineReader lines = new LineReader(terminal.in());
        byte[] line;
        for (long number = 1; failure.get() == null && (line = lines.next()) != null; number++) {
            send(line, number);
            bytes += line.length;
            if (watched) {
                progress.tick(this::report);
            }
        }
        producer.flush();
        progress.clear();
        if (failure.get() != null) {
            throw new CommandFailed(failure.get() + "; written: " + Numbers.grouped(written.get()));
        }
        if (terminal.people().atErr()) {
            terminal.say(report());
        }
    }

    private void send(byte[] line, long number) {
        ProducerRecord<byte[], byte[]> record;
        try {
            record = format.read(line);
        } catch (LineFormat.BadLine e) {
            failure.compareAndSet(null, "line " + number + " is refused: " + e.getMessage());
            return;
        }
        var _ = producer.send(record, (_, fault) -> {
            if (fault == null) {
                written.incrementAndGet();
            } else {
                failure.compareAndSet(null, "line " + number + " was not written: " + fault.getMessage());
            }
        });
    }

    private String report() {
        long nanos = System.nanoTime() - startNanos;
        return Numbers.grouped(written.get()) + " records written, " + Numbers.bytes(bytes) + " read, "
                + Numbers.grouped(Numbers.perSecond(written.get(), nanos)) + " records/s";
    }
}
